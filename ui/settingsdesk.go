package ui

import (
	"context"
	"errors"
	"sync"

	"anteroom/auth"
	"anteroom/data"
	"anteroom/data/desk"
	"anteroom/ui/settings"
)

// settingsDesk is a desk as the settings ask for one.
type settingsDesk struct {
	*desk.Desk

	mu   sync.Mutex
	find func(data.Patient) (data.Summary, data.Sameness)
	of   int64 // the generation of patients that find knows
}

var _ settings.Desk = (*settingsDesk)(nil)

// Exists finds the patient that an imported one may be already. For a file of many
// rows those who are here are looked through once.
func (d *settingsDesk) Exists(p data.Patient) (data.Summary, data.Sameness) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := d.Generations().Patients; d.find == nil || d.of != now {
		d.find, d.of = d.Finder(), now
	}
	return d.find(p)
}

// NewImport begins an import.
func (d *settingsDesk) NewImport(ctx context.Context) (settings.Import, error) {
	i, err := d.Desk.NewImport(ctx)
	if err != nil {
		return nil, err
	}
	return anImport{i}, nil
}

type anImport struct{ *desk.Import }

// Discard does nothing after Commit.
func (i anImport) Discard(ctx context.Context) error {
	if err := i.Import.Discard(ctx); !errors.Is(err, auth.ErrConflict) {
		return err
	}
	return nil
}
