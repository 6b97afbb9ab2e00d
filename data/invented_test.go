package data

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// invent makes n patients, always the same ones, with names as uneven as real ones.
func invent(n int) []Summary {
	random := rand.New(rand.NewPCG(1, 2))
	const (
		starts  = "al ar bar bel bren cal car chan cor dal dan dor el fen fer gar gil grim hal ham har hol jas jen kal ken kor lam lan lin mar mel mor nal nor ol or pel per quin ram ren ros sal san sel smith tal tam tor ul van vel wal wen wil yar zan zel"
		middles = "a e i o an en in on er ar"
		ends    = "ba bury by da dale den do far ford gan ham ia ins ix kin la land ley lin ma man mond na ne ner nes o quez ra rick ris ro sa sen ser son ston ta ter ton va vik well wood wyn ya"
	)
	a, b, c := strings.Fields(starts), strings.Fields(middles), strings.Fields(ends)
	name := func(i int) string {
		i = i * 7919 % (len(a) * len(b) * len(c)) // spread, so that common names don't begin alike
		text := a[i%len(a)] + b[i/len(a)%len(b)] + c[i/len(a)/len(b)]
		return strings.ToUpper(text[:1]) + text[1:]
	}
	given, family := rand.NewZipf(random, 1.3, 8, 1_500), rand.NewZipf(random, 1.2, 20, 20_000)
	all := make([]Summary, n)
	for i := range all {
		s := Summary{
			ID:           fmt.Sprintf("ID%024d", i),
			Name:         name(int(given.Uint64())*3+1) + " " + name(int(family.Uint64())),
			Born:         Date{1925 + random.IntN(100), 1, 1}.AddDays(random.IntN(365)),
			Phone:        fmt.Sprintf("07700 %06d", random.IntN(1_000_000)),
			RecordNumber: fmt.Sprintf("%07d", i*7%10_000_000),
		}
		switch random.IntN(20) {
		case 0:
			s.Name = strings.Replace(s.Name, " ", " O'", 1)
		case 1:
			s.Name += "-" + name(int(family.Uint64()))
		case 2:
			s.Name = strings.Replace(s.Name, "a", "á", 1)
		case 3:
			s.AlsoKnownAs = name(int(given.Uint64()))
		case 4:
			s.OtherPhone = fmt.Sprintf("+44 20 7946 %04d", random.IntN(10_000))
		case 5:
			s.Alert = "Uses a wheelchair"
		case 6:
			s.State = Left
		}
		all[i] = s
	}
	return all
}

// typed are what people type into the search to find some of the patients.
func typed(all []Summary) (queries []string) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 30 {
		s := all[random.IntN(len(all))]
		words := strings.Fields(s.Name)
		first, last := words[0], words[len(words)-1]
		switch i % 10 {
		case 0, 1:
			queries = append(queries, s.Name)
		case 2:
			queries = append(queries, Fold(last))
		case 3:
			queries = append(queries, Fold(last[:min(3, len(last))]+" "+first[:min(2, len(first))]))
		case 4:
			queries = append(queries, fmt.Sprintf("%d/%d/%d", s.Born.Day, s.Born.Month, s.Born.Year))
		case 5:
			queries = append(queries, strings.ToLower(s.Born.String()))
		case 6:
			queries = append(queries, s.Phone)
		case 7:
			queries = append(queries, s.RecordNumber)
		case 8:
			queries = append(queries, fmt.Sprint(Fold(first), " ", s.Born.Year))
		case 9:
			queries = append(queries, Digits(s.Phone)[5:])
		}
	}
	return queries
}

// keys are the queries letter by letter, as they are searched.
func keys(queries []string) (all []string) {
	for _, q := range queries {
		for i := range q {
			if i > 0 {
				all = append(all, q[:i])
			}
		}
		all = append(all, q)
	}
	return all
}
