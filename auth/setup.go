package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"anteroom/auth/vault"
)

// SetUpForm is what the first person types.
type SetUpForm struct {
	Practice string
	Name     string
	Username string
	Password string
}

// FieldErrors are all that is wrong with a form, each beside its field.
type FieldErrors []*FieldError

func (e FieldErrors) Error() string { return fmt.Sprintf("%d fields are invalid", len(e)) }

// Unwrap gives the parts, for errors.Is and errors.As.
func (e FieldErrors) Unwrap() []error {
	parts := make([]error, len(e))
	for i, part := range e {
		parts[i] = part
	}
	return parts
}

// Check says what is wrong with the form: nil or FieldErrors.
func (f SetUpForm) Check() error {
	_, err := f.clean()
	return err
}

// clean is the form as it is kept, or FieldErrors.
func (f SetUpForm) clean() (SetUpForm, error) {
	var wrong FieldErrors
	check := func(err error) {
		var field *FieldError
		if errors.As(err, &field) {
			wrong = append(wrong, field)
		}
	}
	var err error
	names := []string{f.Practice, f.Name, f.Username}
	f.Practice, err = cleanName(FieldPractice, f.Practice)
	check(err)
	f.Name, err = cleanName(FieldName, f.Name)
	check(err)
	f.Username, err = cleanUsername(f.Username)
	check(err)
	check(CheckPassword(f.Password, names...))
	if len(wrong) > 0 {
		return f, wrong
	}
	return f, nil
}

// SetUp makes a practice with its first Practice Admin, who is signed in. It
// needs the keyring: a set-up that can't store its binding leaves no database
// behind. A form that is not right is FieldErrors.
func SetUp(ctx context.Context, d Deps, form SetUpForm) (*Practice, *Session, error) {
	form, err := form.clean()
	if err != nil {
		return nil, nil, err
	}
	key, records := vault.NewKey(), vault.NewKey()
	binding := vault.NewHolder()
	p := newPractice(d, nil, newID(), newID(), key)
	admin := &user{ID: newID(), Name: form.Name, Username: form.Username, Role: Admin, Active: true}
	made, err := p.makePassword(admin.ID, form.Password, false, records)
	if err != nil {
		return nil, nil, err
	}
	made.set(admin)

	now := timestamp(p.now())
	r := &register{
		Format: registerFormat, Practice: p.id, Lineage: newID(), Version: 1, Changed: now,
		Name:      form.Practice,
		Policy:    Policy{Frequency: EverySignIn},
		Users:     []*user{admin},
		Computers: []*computer{{ID: p.computer, Name: d.Computer.Name, Account: d.Computer.Account, Public: binding.Public(), Since: now}},
	}
	session := (&change{register: r, now: now}).startSession(p, admin, records)
	row, activity, envelope, err := p.firstRows(r, binding.Public())
	if err != nil {
		return nil, nil, err
	}
	m := markOf(r, row, p.folder)

	p.store, err = d.Place.Create(ctx, func(s Store) error {
		err := s.Update(ctx, func(tx Tx) error {
			return errors.Join(
				tx.PutPractice(PracticeRow{ID: p.id, Name: r.Name}),
				tx.PutEnvelope(envelope),
				tx.AppendActivity(activity),
				tx.PutRegister(row, 0),
			)
		})
		if err != nil {
			return err
		}
		return p.bind(ctx, binding, m)
	})
	if err != nil {
		return nil, nil, err
	}
	p.saw(r, m)
	p.rememberFolder(ctx, d.Place)
	return p, session, nil
}

// firstRows are the rows of a new practice.
func (p *Practice) firstRows(r *register, binding vault.Public) (SealedRow, ActivityRow, Envelope, error) {
	admin := r.Users[0]
	activity, err := r.Log.appendEntry(p.key, p.id, Entry{At: r.Changed, Event: EventSetUp, By: admin.ID, Computer: p.computer})
	if err != nil {
		return SealedRow{}, ActivityRow{}, Envelope{}, err
	}
	sealed, err := vault.SealKey(p.key, binding, envelopePlace(p.id, HolderComputer, p.computer))
	if err != nil {
		return SealedRow{}, ActivityRow{}, Envelope{}, err
	}
	row, err := r.seal(p.key)
	return row, activity, Envelope{Kind: HolderComputer, Holder: p.computer, Sealed: sealed}, err
}

// cleanUpTime is how long the keyring has to take an unfinished binding back.
const cleanUpTime = 2 * time.Second

// bind writes this computer's binding and first mark, or neither.
func (p *Practice) bind(ctx context.Context, binding vault.Private, m mark) error {
	item := bindingItem(p.id, p.computer)
	if err := p.keyring.Set(ctx, item, encodeBinding(binding, p.id, p.computer)); err != nil {
		return fmt.Errorf("write binding: %w", err)
	}
	if err := p.mark(ctx, m); err != nil {
		// Not ctx: it may be what ended. A leftover item opens nothing.
		ctx, cancel := context.WithTimeout(context.Background(), cleanUpTime)
		defer cancel()
		return errors.Join(err, p.keyring.Delete(ctx, item))
	}
	return nil
}
