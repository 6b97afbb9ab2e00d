package recovery

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"anteroom/auth"
	"anteroom/ui/help"
	"anteroom/ui/screen"
	"anteroom/ui/widgets"
)

// RestoreParams are what the page that restores a backup needs. What takes a
// context is slow and runs off the UI goroutine, as does Backups.
type RestoreParams struct {
	screen.Scope
	Window    fyne.Window
	Folders   []string // that are known; the first is shown first
	Backups   func(folder string) ([]auth.BackupFile, error)
	Key       string // the recovery kit, as it was typed; "": it is asked for
	Path      string // of the backup, if it is chosen already
	Open      func(ctx context.Context, path, key string) (auth.BackupContent, error)
	Newest    func(ctx context.Context, folder, key string) (auth.BackupContent, error)
	TryNewest bool                                                // begins with the newest good backup
	Run       func(ctx context.Context) (aside string, err error) // restores what was opened last
	Done      func(aside string)
	OnBack    func()
}

// RestoreScreen restores a backup, step by step. Each step is a card.
type RestoreScreen struct {
	screen.Page
	presenter *restore
	stack     *fyne.Container // holds the card of the step
	cards     map[restoreStep]restoreCard
	step      restoreStep
	onWindow  bool

	choose *chooseCard
	key    *keyField
}

// restoreCard is what the page shows at a step.
type restoreCard interface {
	content() fyne.CanvasObject
	show(restoreView)
	focus() fyne.Focusable // what is to have it first; nil: the first empty field
	enter()                // the Enter key, where nothing else has it
	wipe()
}

// NewRestore makes the page.
func NewRestore(p RestoreParams) *RestoreScreen {
	s := &RestoreScreen{presenter: newRestore(p), stack: container.NewStack(), step: -1}
	r, view := s.presenter, screen.NewView(s.show)
	s.choose = newChooseCard(r, p.Window, view)
	kit := newRestoreKitCard(r)
	s.key = kit.key
	s.cards = map[restoreStep]restoreCard{
		stepLooking: newLookingCard(r),
		stepChoose:  s.choose,
		stepKit:     kit,
		stepPreview: newPreviewCard(r),
	}
	s.Page = screen.NewPage(p.Window, help.Restore, s.stack, widgets.PageOptions{
		OnEnter: func() { s.cards[s.step].enter() }, OnEscape: r.back,
	})
	r.begin(view, s.goTo)
	return s
}

// Focus is where the step begins.
func (s *RestoreScreen) Focus() {
	s.onWindow = true
	s.Page.Focus()
	if first := s.cards[s.step].focus(); first != nil {
		s.FocusOn(first)
	}
}

// IsBusy says that a backup is being opened or put in place.
func (s *RestoreScreen) IsBusy() bool { return s.presenter.task.IsBusy() }

// Close wipes what was typed.
func (s *RestoreScreen) Close() {
	s.presenter.forget()
	for _, card := range s.cards {
		card.wipe()
	}
}

func (s *RestoreScreen) show(v restoreView) {
	card := s.cards[v.Step]
	card.show(v)
	if v.Step == s.step {
		s.leaveEmptyList(v)
		return
	}
	if before := s.cards[s.step]; before != nil {
		before.show(restoreView{Step: s.step}) // nothing goes on there any more
	}
	s.step = v.Step
	s.stack.Objects = []fyne.CanvasObject{card.content()}
	s.stack.Refresh()
	if s.onWindow {
		s.Focus()
	}
}

// leaveEmptyList goes on to the folder, if there is nothing to choose from.
func (s *RestoreScreen) leaveEmptyList(v restoreView) {
	list := s.choose.list.Focusable()
	if v.Step == stepChoose && len(v.Rows) == 0 && v.Stage == screen.Idle && s.Window.Canvas().Focused() == list {
		s.FocusOn(s.choose.folder.Focusable())
	}
}

func (s *RestoreScreen) goTo(group int) {
	s.key.goTo(group)
	if s.onWindow {
		s.FocusOn(s.key.entry)
	}
}
