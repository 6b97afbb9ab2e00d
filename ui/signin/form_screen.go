package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// formField is a field of a form and the part of it that takes the focus.
type formField struct {
	name  auth.Field
	field *widgets.Field
	input fyne.Focusable
}

// FormPage is a page with the fields of a form, in the order of the Tab key. Screens embed it.
type FormPage struct {
	screen.Page
	Footer            *screen.Footer
	Message           *widgets.Notice // what is wrong with no field in particular
	fields            []formField
	password, confirm *widgets.PasswordEntry
}

// Add adds a field, and the part of it that takes the focus.
func (p *FormPage) Add(name auth.Field, field *widgets.Field, input fyne.Focusable) {
	p.fields = append(p.fields, formField{name, field, input})
}

// addEntry adds an ordinary field.
func (p *FormPage) addEntry(f *Form, name auth.Field, label string) *widgets.Entry {
	entry := widgets.NewEntry()
	entry.OnChanged = func(string) { f.Edited(name) }
	p.Add(name, widgets.NewField(label, entry).Reserve(1), entry)
	return entry
}

// AddPasswords adds the new password, typed is called with each change of it,
// and its repetition.
func (p *FormPage) AddPasswords(f *Form, label string, typed func(password string)) {
	p.password, p.confirm = widgets.NewPasswordEntry(), widgets.NewPasswordEntry()
	p.password.OnChanged = typed
	p.confirm.OnChanged = func(string) { f.Edited(FieldConfirm) }
	p.Add(auth.FieldPassword, widgets.NewField(label, p.password), p.password)
	p.Add(FieldConfirm, widgets.NewField(lang.L("Confirm password"), p.confirm).Reserve(1), p.confirm)
	p.Message = widgets.NewNotice(widgets.Error, "")
}

// Field is one of the fields; nil: there is none of that name.
func (p *FormPage) Field(name auth.Field) *widgets.Field {
	for _, field := range p.fields {
		if field.name == name {
			return field.field
		}
	}
	return nil
}

// Passwords are what was typed as the new password, twice.
func (p *FormPage) Passwords() (password, confirm string) { return p.password.Text, p.confirm.Text }

// Display shows a form on the page.
func (p *FormPage) Display() FormDisplay {
	return FormDisplay{View: screen.NewView(p.show), FocusError: p.focusError, Retype: p.retype}
}

func (p *FormPage) show(v FormView) {
	for _, field := range p.fields {
		field.field.SetError(v.Errors[field.name])
	}
	p.Field(auth.FieldPassword).SetHelp(v.Strength)
	p.Message.SetText(v.Error)
	p.Footer.Show(v.Stage, v.CanSubmit)
}

// focusError gives the focus to the first field that is wrong.
func (p *FormPage) focusError() {
	for _, field := range p.fields {
		if field.field.Error() != "" {
			p.FocusOn(field.input)
			return
		}
	}
}

// retype empties the passwords and gives the first the focus.
func (p *FormPage) retype() {
	wipe(p.password, p.confirm)
	p.FocusOn(p.password)
}

// Close wipes the passwords.
func (p *FormPage) Close() {
	wipe(p.password, p.confirm)
	p.Footer.Show(screen.Idle, false)
}
