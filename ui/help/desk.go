package help

import "fyne.io/fyne/v2/lang"

// deskTopics are those of the front desk.
func deskTopics() []Topic {
	return []Topic{today(), {
		ID: Figures, Title: lang.L("Figures"),
		Text: []string{
			lang.L("How many patients were seen, and how many did not attend: today so far, and on each of the last four weeks' days."),
		},
		Groups: []Group{{Keys: []Key{
			key("Left|Right", lang.L("Go to another day of the chart")),
			key("Home|End", lang.L("To the first day, or the last")),
			key("Esc", lang.L("Go back")),
		}}, inBar()},
	}, {
		ID: Patients, Title: lang.L("Patients"),
		Text: []string{
			lang.L("Type any part of a name, a date of birth, a phone number or a record number, in any order. Before you type, those opened last are here."),
			lang.L("Enter opens the patient that is lit. If nobody is found, it begins a new one."),
		},
		Groups: []Group{{Keys: []Key{
			key("Up|Down|Page Up|Page Down", lang.L("Go through those that were found")),
			key("Enter", lang.L("Open the patient, or begin a new one")),
			nextStep(),
			key("Esc", lang.L("Empty the field, then go back")),
		}}, inBar()},
	}, {
		ID: Patient, Title: lang.L("A patient's page"),
		Text: []string{
			lang.L("At the left is who the patient is and how to reach them; at the right their appointments, those to come first. An alert stands above it all."),
			lang.L("Beside an appointment to come is what can be done with it. You can book, print a slip with the next appointments, and change what is known of the patient."),
		},
		Groups: []Group{{Keys: []Key{
			nextStep(),
			key("Page Up|Page Down", lang.L("Move the page")),
			key("Enter", lang.L("Press what is lit, or open the appointment")),
			key("Esc", lang.L("Go back")),
		}}, inBar()},
	}, {
		ID: Form, Title: lang.L("A patient's details"),
		Text: []string{
			lang.L("Only the name is needed. A date of birth can be typed as you like; beside it stands how it was read."),
			lang.L("Who may be the same patient is shown while you type. What you typed is kept until you save it, also at the lock and when somebody else needs the window."),
		},
		Groups: []Group{{Keys: []Key{
			key("Enter", lang.L("Save")),
			key("Ctrl+Enter", lang.L("Save, from a field of several lines")),
			key("Down", lang.L("Go to the choices below a field, or to who may be the same patient")),
			key("Up", lang.L("Go back through the choices")),
			key("Left|Right|Home|End", lang.L("Through a row of choices")),
			key("Esc", lang.L("Leave without saving")),
		}}, inBar()},
	}}
}

// inBar are the keys of what stands over every page of the front desk.
func inBar() Group {
	return Group{Title: lang.L("In the search at the top"), Keys: []Key{
		key("Ctrl+F", lang.L("Begin to look for a patient")),
		key("Up|Down|Page Up|Page Down", lang.L("Go through those that were found")),
		key("Enter", lang.L("Open the patient, or begin a new one")),
		nextStep(),
		key("Esc", lang.L("Empty the field, then back to the page")),
		{Keys: arrows, Does: lang.L("While nothing is lit: into the page")},
	}}
}

// nextStep is the same wherever there are appointments.
func nextStep() Key { return key("F3", lang.L("Arrived, then with the practitioner, then done")) }

func today() Topic {
	return Topic{
		ID: Today, Title: lang.L("Today"),
		Text: []string{
			lang.L("The day, a column for each practitioner. The keys act on what is lit: an appointment, or a free time."),
			lang.L("Enter at a free time books it. F3 makes somebody arrived, then with the practitioner, then done. Whoever has arrived is also in the waiting room, the longest wait first."),
			lang.L("With the mouse: click to choose, click twice to book or open, drag to move. The right button shows all that can be done."),
		},
		Groups: []Group{
			{Title: lang.L("In the day"), Keys: []Key{
				{Keys: arrows, Does: lang.L("Go to another appointment or free time")},
				key("Enter", lang.L("Book at a free time, or open an appointment")),
				nextStep(),
				key("B", lang.L("Book, at the free time or at any other")),
				key("N", lang.L("Go to the practitioner's next free time")),
				key("M", lang.L("Move the appointment: arrow keys, then Enter. Esc leaves it where it was")),
				key("+|-", lang.L("Five minutes longer, or shorter")),
				key("Del|Backspace", lang.L("Cancel the appointment, with the reason")),
			}},
			{Title: lang.L("In the day, the week and the waiting room"), Keys: []Key{
				key("W", lang.L("Walk-in: somebody without an appointment")),
				key("V", lang.L("Week, or day")),
				key("G", lang.L("Go to a date")),
				key("Page Up|Page Down", lang.L("Another day, or another week")),
				key("Home", lang.L("Today, or this week")),
				key("Ctrl+Z", lang.L("Take back the last step")),
				key("Ctrl+P", lang.L("Print the day")),
			}},
			{Title: lang.L("In the week"), Keys: []Key{
				{Keys: arrows, Does: lang.L("Go to another day or practitioner")},
				key("Enter", lang.L("Open that day")),
				key("Esc", lang.L("Back to the day")),
			}},
			{Title: lang.L("In the waiting room"), Keys: []Key{
				key("Up|Down", lang.L("Go to somebody else")),
				nextStep(),
				key("Enter", lang.L("Open the appointment")),
			}},
			{Title: lang.L("While you book"), Keys: []Key{
				key("Down", lang.L("Go to the patients found, or to the calendar below a date")),
				key("Left|Right|Home|End", lang.L("Through the times that are offered")),
				key("Enter", lang.L("Choose the patient, then book")),
				key("Esc", lang.L("Leave. What you typed goes only after a question")),
			}},
			inBar(),
		},
	}
}

// everywhere has the keys that work on all screens, and those that lead to one.
func everywhere() Topic {
	return Topic{
		ID: Everywhere, Title: lang.L("Everywhere"),
		Text: []string{lang.L("These keys work on every screen.")},
		Groups: []Group{
			{Keys: []Key{
				key("F1", lang.L("What this screen does, and its keys")),
				key("Ctrl+/|Shift+F1", lang.L("All keys")),
				key("Tab|Shift+Tab", lang.L("To the next field or button, or to the one before")),
				key("Enter", lang.L("Press the main button, or what is lit")),
				key("Space", lang.L("Press a button, tick a box")),
				key("Esc", lang.L("Close, go back, cancel")),
				key("Up|Down", lang.L("Go through a list, or what a field offers")),
				key("Menu|F10", lang.L("What can be done with what is lit (F10 with Shift)")),
				key("Ctrl+Shift+P", lang.L("Show or hide the password")),
				key("Ctrl++", lang.L("Larger text")),
				key("Ctrl+-", lang.L("Smaller text")),
				key("Ctrl+0", lang.L("Normal text")),
				key("Ctrl+Shift+D", lang.L("Light or dark")),
				key("Ctrl+Q", lang.L("Quit")),
			}},
			{Title: lang.L("Once you are signed in"), Keys: []Key{
				key("Ctrl+T", lang.L("Today")),
				key("Ctrl+Shift+F", lang.L("Patients")),
				key("Ctrl+F", lang.L("Find a patient")),
				key("Ctrl+N", lang.L("New patient")),
				key("Ctrl+P", lang.L("Print the day")),
				key("Ctrl+Z", lang.L("Take back the last step; in a field, what was typed")),
				key("Ctrl+,", lang.L("Settings, for Practice Admins")),
				key("Ctrl+Shift+A", lang.L("My account")),
				key("Ctrl+L", lang.L("Lock")),
				key("Ctrl+Shift+L", lang.L("Switch user")),
				key("Ctrl+Shift+O", lang.L("Sign out")),
			}},
		},
	}
}
