package widgets

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"anteroom/ui/looks"
)

// TestGallery renders samples in every look. With GALLERY=<folder> it saves them there to be looked at.
func TestGallery(t *testing.T) {
	samples := map[string]func(fyne.Window){
		"signin": showSignInSample, "code": showCodeSample, "form": showFormSample,
		"dialog": showDialogSample, "confirm": showConfirmSample, "menu": showMenuSample, "list": showListSample, "text": showTextSample,
	}
	for _, look := range []looks.Variant{looks.Light, looks.Dark} {
		for _, scale := range []float32{1, 2} {
			for name, show := range samples {
				w := newTestWindow(t, looks.New(look, scale))
				show(w)
				picture := w.Canvas().Capture()
				if folder := os.Getenv("GALLERY"); folder != "" {
					file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%d-%.0f.png", name, look, 100*scale)))
					if err != nil {
						t.Fatal(err)
					}
					if err := png.Encode(file, picture); err != nil {
						t.Fatal(err)
					}
					file.Close()
				}
			}
		}
	}
}

func showSignInSample(w fyne.Window) {
	username, password := NewEntry(), NewPasswordEntry()
	username.SetText("asmith")
	password.SetText("correct horse")
	passwordField := NewField("Password", password)
	passwordField.SetError("That is not right. Check the user name and the password, then try again, or ask an admin of the practice.")
	usernameField := NewField("Username", username)
	usernameField.SetHelp("The name your practice gave you")
	page := NewPage(Centered(NewCard(
		Heading("Sign in to Brook Street Practice"),
		usernameField,
		passwordField,
		NewFooter(NewLink("Forgot password?", nil), NewPrimaryButton("Sign in", nil)),
		NewNotice(Info, "Two-factor was turned on by Anna Smith at 9:40. Everyone signs in again."),
	)), PageOptions{})
	w.SetContent(page)
	page.FocusFirst(w.Canvas())
	w.Canvas().Focus(password)
}

func showCodeSample(w fyne.Window) {
	code := NewCodeField()
	field := NewField("Auth Code", code)
	field.SetError("That code was used already. Wait 12 s for the next one.")
	busy := NewBusy()
	page := NewPage(Centered(NewCard(
		Heading("Enter Auth Code"),
		Paragraph("Open your authenticator app and type the code for Brook Street Practice."),
		field, NewLink("Use a recovery code", nil), busy,
		NewFooter(NewButton("Back", nil), NewPrimaryButton("Verify", nil)),
	)), PageOptions{})
	w.SetContent(page)
	page.FocusFirst(w.Canvas())
	test.Type(code.Focusable(), "48291")
	busy.Start("Checking…")
}

func showFormSample(w fyne.Window) {
	choice := NewSelect([]string{"Every sign-in", "Once a day on this computer"}, nil)
	choice.SetSelected("Every sign-in")
	off := NewSelect([]string{"Never"}, nil)
	off.SetSelected("Never")
	off.Disable()
	tick, ticked, untickable := NewCheck("Not ticked", nil), NewCheck("Enable Two-Factor Authentication", nil), NewCheck("Cannot be changed", nil)
	ticked.SetChecked(true)
	untickable.SetChecked(true)
	untickable.Disable()
	disabled := NewPrimaryButton("Disabled", nil)
	disabled.Disable()
	plain, danger, link := NewButton("Plain", nil), NewDangerButton("Reset two-factor", nil), NewLink("A link", nil)
	w.SetContent(Centered(NewCard(
		tick, ticked, untickable, NewField("Ask for an Auth Code", choice), off,
		NewFooter(link, plain, disabled), NewFooter(nil, danger, NewPrimaryButton("Save", nil)),
	)))
	for _, o := range []fyne.Focusable{ticked, choice, plain, danger, link} {
		o.FocusGained()
	}
}

func showDialogSample(w fyne.Window) {
	showListSample(w)
	barcode, err := NewBarcode("otpauth://totp/Brook%20Street:asmith?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Brook%20Street")
	if err != nil {
		panic(err)
	}
	d := ShowDialog(w, DialogOptions{
		Title: "Set up two-factor authentication",
		Content: NewColumn(
			Paragraph("1. Install Google Authenticator, or another authenticator app, on your phone"),
			Paragraph("2. In the app tap Begin Set Up, then Scan Barcode"),
			Small("in newer apps: +, then Scan a QR code"),
			barcode,
			Paragraph("3. Enter the code the app shows"),
			NewField("Auth Code", NewCodeField()),
		),
		Primary: "Confirm", Cancel: "Cancel", KeepOpen: true,
	})
	d.SetError("That is not the code. Wait for the next one and type it.")
	d.SetBusy("Checking…")
}

func showListSample(w fyne.Window) {
	list := NewList(Head{Title: "Name", Width: 160, Grow: true}, Head{Title: "Role", Width: 100},
		Head{Title: "Two-factor", Width: 160}, Head{Title: "Last in", Width: 140})
	list.SetRows([][]string{
		{"Anna Smith", "Admin", "✓ 3 Nov 2026", "today 8:02"},
		{"Ben Jones with a name that is much too long for the column it stands in, and then some more of it", "Staff", "– not set up", "yesterday"},
		{"Cleo Marsh", "Staff", "✓ 4 Nov 2026 and more", "– ⚠ ○ ● ◫ ⓘ ▾"},
	})
	empty := NewList(Head{Title: "Name", Grow: true})
	empty.SetEmpty("No patients yet. Add the first one with “Add patient…”, or import a list.")
	w.SetContent(container.NewGridWithRows(2, list, empty))
	list.Focus()
	list.Select(1)
}

func showTextSample(w fyne.Window) {
	w.SetContent(Centered(NewCard(
		Heading("Heading"), Subheading("Subheading"), Label("Label"), Paragraph("Paragraph"), Quiet("Quiet"), Small("Small"),
		NewNotice(Info, "This is so."), NewNotice(Good, "That went well."),
		NewNotice(Warning, "Look at this before you go on, because it may matter to you."), NewNotice(Error, "That failed. Try again."),
	)))
}

func showConfirmSample(w fyne.Window) {
	showListSample(w)
	ShowDialog(w, DialogOptions{
		Title:   "Reset two-factor for Ben Jones",
		Content: Paragraph("Ben is signed out now, on every computer, and sets up an authenticator at the next sign-in."),
		Primary: "Reset two-factor", Danger: true, Cancel: "Cancel",
	})
}

func showMenuSample(w fyne.Window) {
	choice := NewSelect([]string{"Every sign-in", "Once a day on this computer", "Every 7 days on this computer"}, nil)
	choice.SetSelected("Once a day on this computer")
	w.SetContent(Centered(NewCard(NewField("Ask for an Auth Code", choice).Reserve(0))))
	w.Canvas().Focus(choice)
	choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
}
