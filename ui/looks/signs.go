package looks

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Signs for buttons and notices: the Material symbols that Fyne has, and ours in their style where it has none. Each
// takes the colour of what it stands on.
var (
	SignToday    = themeSign(theme.IconNameCalendar)
	SignWeek     = themeSign(theme.IconNameGrid)
	SignPatients = themeSign(theme.IconNameAccount)
	SignSettings = themeSign(theme.IconNameSettings)
	SignBook     = themeSign(theme.IconNameContentAdd)
	SignWalkIn   = ownSign("walkin")
	SignPrint    = themeSign(theme.IconNameDocumentPrint)
	SignSwitch   = ownSign("switch")
	SignSignOut  = themeSign(theme.IconNameLogout)
	SignHelp     = themeSign(theme.IconNameHelp)
	SignMore     = themeSign(theme.IconNameMoreHorizontal)
	SignUndo     = themeSign(theme.IconNameContentUndo)
	SignClose    = themeSign(theme.IconNameCancel)
	SignEarlier  = themeSign(theme.IconNameNavigateBack)
	SignLater    = themeSign(theme.IconNameNavigateNext)
	SignDone     = themeSign(theme.IconNameConfirm)
	SignAbsent   = themeSign(theme.IconNameVisibilityOff)
	SignCancel   = themeSign(theme.IconNameDelete)
	SignEdit     = themeSign(theme.IconNameDocumentCreate)
	SignAlert    = themeSign(theme.IconNameWarning)
	SignServer   = themeSign(theme.IconNameStorage)
	SignComputer = themeSign(theme.IconNameComputer)
	SignActivity = themeSign(theme.IconNameHistory)
	SignBackup   = themeSign(theme.IconNameDocumentSave)
	SignLock     = ownSign("lock")
	SignPhone    = ownSign("phone")
	SignFigures  = ownSign("figures")
	SignMove     = ownSign("move")
	SignKey      = ownSign("key")
	SignPeople   = ownSign("people")
	SignDoctor   = ownSign("doctor")
	SignExchange = ownSign("exchange")
)

func themeSign(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

//go:embed signs
var ownSigns embed.FS

func ownSign(name string) fyne.Resource {
	content, err := ownSigns.ReadFile("signs/" + name + ".svg")
	if err != nil {
		panic(err) // it is built in
	}
	return fyne.NewStaticResource(name+".svg", content)
}
