package activity

import (
	"context"
	"errors"
	"sync/atomic"

	"fyne.io/fyne/v2/lang"

	"anteroom/ui/words"
)

// verify reads the whole log and says whether it is as it was written.
func (p *presenter) verify() {
	if p.check.IsBusy() {
		return
	}
	p.result = ""
	var broken int64
	var count atomic.Int64
	p.check.Start(func(ctx context.Context) (err error) {
		report := p.check.Report(ctx)
		broken, err = p.session.VerifyActivity(ctx, func(done, total int) {
			count.Store(int64(total))
			report(done, total)
		})
		return err
	}, func(err error) {
		switch {
		case p.IsOver(err):
		case errors.Is(err, context.Canceled):
			p.say(false, lang.L("Stopped. Not all entries were looked at."))
		case err != nil:
			p.say(false, words.Error(err))
		case broken == 0:
			p.say(true, intactText(max(count.Load(), p.log.count)))
		default:
			p.say(false, breakText(broken))
		}
	})
}

// stopVerify stops it. It may come too late.
func (p *presenter) stopVerify() { p.check.Cancel() }

// say says how something went that was asked for.
func (p *presenter) say(isGood bool, text string) {
	p.isGood, p.result = isGood, text
	p.show()
}

func intactText(count int64) string {
	return lang.N("Intact: all {{.Number}} entries are as they were written.", int(count), map[string]any{"Number": words.Number(count)})
}

// breakText says what is wrong with the log, and what to do.
func breakText(entry int64) string {
	return lang.L("Entry {{.Number}} is not as Anteroom wrote it, or is missing. Tell who looks after the practice, and keep the backups: they hold the entries as they were.",
		map[string]any{"Number": words.Number(entry)})
}
