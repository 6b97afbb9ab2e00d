package frontdesk

import (
	"fyne.io/fyne/v2/lang"

	"anteroom/auth"
	"anteroom/ui/words"
)

// newsText is a piece of news as a sentence.
func newsText(n auth.News) string {
	of := map[string]any{"Name": n.Who, "Computer": n.What, "Date": words.Date(n.At), "Clock": words.Clock(n.At)}
	switch n.Kind {
	case auth.NewsTwoFactorOff:
		return lang.L("{{.Name}} turned two-factor authentication off on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsKitMade:
		return lang.L("{{.Name}} made a recovery kit on {{.Date}}, {{.Clock}}. Destroy the pages of older ones once there is a newer backup.", of)
	case auth.NewsLinked:
		return lang.L("{{.Computer}} was linked with a code of {{.Name}} on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsUnlinked:
		return lang.L("{{.Name}} unlinked {{.Computer}} on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsKitLinked:
		return lang.L("The recovery kit linked {{.Computer}} on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsKitOpened:
		return lang.L("The recovery kit opened the practice on {{.Computer}}, for one run, on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsKitAdmin:
		return lang.L("{{.Name}} was let in again with the recovery kit on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsOlderAccepted:
		return lang.L("Older data was opened with the recovery kit on {{.Computer}} on {{.Date}}, {{.Clock}}. What was entered after it is missing.", of)
	case auth.NewsMoved:
		return lang.L("{{.Name}} moved to a new phone on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsLetIn:
		return lang.L("{{.Name}} gave {{.Computer}} a new password and a one-time code within a day, on {{.Date}}, {{.Clock}}. Together they let anybody in.", of)
	case auth.NewsClockOffset:
		return clockText(n, of)
	case auth.NewsClockReset:
		if n.Who == "" {
			return lang.L("The recovery kit set the time anew at {{.Computer}} on {{.Date}}, {{.Clock}}. See that the clocks are right.", of)
		}
		return lang.L("{{.Name}} set the time anew at {{.Computer}} on {{.Date}}, {{.Clock}}. See that the clocks are right.", of)
	case auth.NewsSignedOut:
		return lang.L("{{.Name}} signed you out everywhere on {{.Date}}, {{.Clock}}.", of)
	case auth.NewsRestored:
		return restoredText(n, of)
	}
	return lang.L("{{.Name}} set up an authenticator on {{.Date}}, {{.Clock}}.", of)
}

func clockText(n auth.News, of map[string]any) string {
	if n.What == "" {
		return lang.L("{{.Name}} signed in with two codes on {{.Date}}, {{.Clock}}, because a computer's clock is off.", of)
	}
	return lang.L("{{.Name}} signed in with two codes on {{.Date}}, {{.Clock}}, because the clock of {{.Computer}} is off.", of)
}

func restoredText(n auth.News, of map[string]any) string {
	if n.Who == "" {
		return lang.L("A backup was restored with the recovery kit on {{.Date}}, {{.Clock}}. If there was a newer kit, it does not count any more: make a new one.", of)
	}
	return lang.L("{{.Name}} restored a backup on {{.Date}}, {{.Clock}}.", of)
}
