package auth

import (
	"context"
	"errors"
	"fmt"

	"anteroom/auth/vault"
)

// SetUpForm is what the first person types.
type SetUpForm struct {
	Practice string
	Name     string
	Username string
	Password string
	Zone     string // as Zone.Name
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

// SetUp makes a practice with its first Practice Admin, who is signed in. It needs the
// keyring: a set-up that can't store its binding leaves no database behind. An invalid
// form is FieldErrors.
func SetUp(ctx context.Context, d Deps, form SetUpForm) (*Practice, *Session, error) {
	form, err := form.clean()
	if err != nil {
		return nil, nil, err
	}
	records := vault.NewKey()
	rcpt := recipient{RecipientComputer, newID(), vault.GenerateKeyPair()}
	p := newPractice(d, nil, newID(), rcpt, vault.NewKey())
	admin := &user{ID: newID(), Name: form.Name, Username: form.Username, Role: Admin, Active: true}
	made, private, err := p.makePassword(admin.ID, form.Password, false)
	if err != nil {
		return nil, nil, err
	}

	now := timestamp(p.now())
	c := &change{now: now, key: p.key, register: &register{
		Format: registerFormat, Practice: p.id, Lineage: newID(), Since: now, Changed: now,
		Name:            form.Practice,
		Zone:            Zone{Name: form.Zone},
		Policy:          Policy{Frequency: EverySignIn, Idle: DefaultIdle},
		Users:           []*user{admin},
		UnknownNamesKey: vault.NewKey().Bytes(),
	}}
	c.newLogKey()
	if err := c.setPassword(admin, made, records); err != nil {
		return nil, nil, err
	}
	c.note(Entry{Event: EventSetUp, By: admin.ID})

	var session *Session
	var a anchor
	keys := &undo{keyring: p.keyring}
	store, err := d.Location.Create(ctx, func(s Store) error {
		err := s.Update(ctx, func(tx Tx) (err error) {
			c.tx = tx
			if err = tx.PutPractice(PracticeRow{ID: p.id, Name: c.Name}); err != nil {
				return err
			}
			if err = c.addComputer(rcpt, d.Computer); err != nil {
				return err
			}
			session = c.startSession(p, admin, private)
			a, err = c.write(p)
			return err
		})
		if err != nil {
			return err
		}
		return keys.bind(ctx, p, a)
	})
	if err != nil {
		keys.undo()
		return nil, nil, err
	}
	p.store = d.reached(store)
	p.anchored = a.Version
	session.setUp = p.now()
	p.recordSeen(c.register, a)
	p.rememberFolder(ctx, d.Location)
	return p, session, nil
}
