package signin

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/widgets"
)

// formField is a field of a form and the part of it that takes the focus.
type formField struct {
	name  auth.Field
	field *widgets.Field
	input fyne.Focusable
}

// formFields are the fields of a form, in the order of the Tab key. They show
// a formView.
type formFields struct {
	fields            []formField
	password, confirm *widgets.PasswordEntry
	message           *widgets.Notice // what is wrong with no field in particular
	footer            *footer
}

// add adds an ordinary field.
func (f *formFields) add(form *form, name auth.Field, label string) *widgets.Entry {
	entry := widgets.NewEntry()
	entry.OnChanged = func(string) { form.edited(name) }
	f.fields = append(f.fields, formField{name, widgets.NewField(label, entry).Reserve(1), entry})
	return entry
}

// addPasswords adds the new password, typed is called with each change of it,
// and its repetition.
func (f *formFields) addPasswords(form *form, label string, typed func()) {
	f.password, f.confirm = widgets.NewPasswordEntry(), widgets.NewPasswordEntry()
	f.password.OnChanged = func(string) { typed() }
	f.confirm.OnChanged = func(string) { form.edited(fieldConfirm) }
	f.fields = append(f.fields,
		formField{auth.FieldPassword, widgets.NewField(label, f.password), f.password},
		formField{fieldConfirm, widgets.NewField(lang.L("Confirm password"), f.confirm).Reserve(1), f.confirm})
	f.message = widgets.NewNotice(widgets.Error, "")
}

func (f *formFields) field(name auth.Field) *widgets.Field {
	for _, field := range f.fields {
		if field.name == name {
			return field.field
		}
	}
	return nil
}

// Close wipes the passwords.
func (f *formFields) Close() {
	wipe(f.password, f.confirm)
	f.footer.show(idle, false)
}

// retypeIn empties the passwords and gives the first the focus.
func (f *formFields) retypeIn(p *page) {
	wipe(f.password, f.confirm)
	p.focus(f.password)
}

func (f *formFields) show(v formView) {
	for _, field := range f.fields {
		field.field.SetError(v.Errors[field.name])
	}
	f.field(auth.FieldPassword).SetHelp(v.Strength)
	f.message.SetText(v.Error)
	f.footer.show(v.Waiting, v.CanSubmit)
}

// focusFirst gives the focus to the first field that is wrong.
func (f *formFields) focusFirst(p *page) {
	for _, field := range f.fields {
		if field.field.Error() != "" {
			p.focus(field.input)
			return
		}
	}
}
