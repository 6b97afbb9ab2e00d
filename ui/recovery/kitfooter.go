package recovery

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"

	"anteroom/ui/widgets"
)

// kitFooter is the end of the card "Recovery kit": what goes on or how it went,
// the quiet way out of each step on the left, the one button that goes on.
// Nothing in it moves.
type kitFooter struct {
	line    fyne.CanvasObject
	said    *widgets.Notice // of the first step; the second has it at its field
	busy    *widgets.Busy
	cancel  *widgets.Button
	leave   *widgets.Button // out of the screen; nil: there is no such way
	again   *widgets.Button // back to the key
	primary *widgets.Button
}

func (s *KitScreen) newFooter() kitFooter {
	f := kitFooter{
		said:    widgets.NewNotice(widgets.Info, ""),
		busy:    widgets.NewBusy(),
		cancel:  widgets.NewLink(lang.L("Cancel"), s.presenter.task.Cancel),
		again:   widgets.NewLink(lang.L("Show the key again"), s.presenter.showAgain),
		primary: widgets.NewPrimaryButton(lang.L("Next"), s.goOn),
	}
	f.cancel.Hide()
	ways := container.NewHBox(f.again)
	switch {
	case s.params.Later != nil:
		f.leave = widgets.NewLink(lang.L("Print it later today"), func() { s.presenter.leave(s.params.Later) })
	case s.params.OnBack != nil:
		f.leave = widgets.NewButton(lang.L("Back"), func() { s.presenter.leave(s.params.OnBack) })
	}
	if f.leave != nil {
		ways.Add(f.leave)
	}
	f.line = widgets.NewColumn(
		container.NewStack(widgets.Room(2, f.said), container.NewBorder(nil, nil, nil, f.cancel, f.busy)),
		widgets.NewFooter(ways, f.primary),
	)
	return f
}

func (f *kitFooter) show(v kitView) {
	widgets.SetVisible(f.again, v.Step == kitTyped)
	widgets.SetEnabled(f.again, v.CanSubmit)
	if f.leave != nil {
		widgets.SetVisible(f.leave, v.Step != kitTyped)
	}
	f.primary.SetText(map[kitStep]string{
		kitComing: lang.L("Next"), kitShown: lang.L("Next"), kitTyped: lang.L("Confirm"), kitFailed: lang.L("Try again"),
	}[v.Step])
	widgets.SetEnabled(f.primary, v.CanSubmit)
	widgets.SetVisible(f.cancel, v.CanCancel)
	if v.Waiting == "" {
		f.busy.Stop()
	} else {
		f.busy.SetProgress(v.Waiting, v.Done, v.Total)
	}
	f.say(v)
}

func (f *kitFooter) say(v kitView) {
	switch {
	case v.Step == kitTyped, v.Waiting != "":
		f.said.SetText("")
	case v.Error != "":
		f.said.Set(widgets.Error, v.Error)
	default:
		f.said.Set(widgets.Info, v.Said)
	}
}
