package auth

import (
	"strconv"
	"testing"
	"time"
)

// TestNewsIsNotDrivenOut: who does one thing over and over keeps no admin from
// what came before.
func TestNewsIsNotDrivenOut(t *testing.T) {
	var r register
	at := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	r.addNews(NewsLetIn, "Anna", "Ben", at)
	for i := range 2 * maxNews {
		r.addNews(NewsMoved, "Cleo", "", at.Add(time.Duration(i)*time.Minute))
	}
	if len(r.News) != 2 || r.News[0].Kind != NewsLetIn || r.News[1].Seq != 1+2*maxNews {
		t.Errorf("%+v", r.News)
	}
	for i := range maxNews {
		r.addNews(NewsEnrolled, "Ben", string(rune('a'+i)), at)
	}
	if len(r.News) != maxNews {
		t.Errorf("%d pieces of news", len(r.News))
	}
	for i := range 2 * maxNews { // who takes another name before each
		r.addNews(NewsMoved, "Cleo "+strconv.Itoa(i), "", at)
	}
	if len(r.News) != maxNews || r.News[0].Kind != NewsLetIn {
		t.Errorf("%d pieces of news, the oldest %+v", len(r.News), r.News[0])
	}
}
