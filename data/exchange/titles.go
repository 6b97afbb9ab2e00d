package exchange

import (
	"strings"
	"sync"

	"anteroom/data"
)

// common are the titles that columns have in the files of other programs: most of them in
// English, German, French, Spanish and Dutch; those of name, birth and address in some more
// languages too. They are compared folded.
var common = []struct {
	target Target
	titles string
}{
	{Target{data.FieldName, Whole}, `name, Nom, Nombre, Naam, Nome, Jméno, Имя, Όνομα, Ad, Adı, 氏名, 名前, 患者名, 姓名`},
	{Target{data.FieldName, Given}, `first name, first names, given name, given names, forename, forenames, christian name, fname, first,
		Vorname, Vornamen, Prénom, Prénoms, Nombres, Nombre de pila, Voornaam, Voornamen, Nome próprio, Nomi, Imię, Imiona, 名`},
	{Target{data.FieldName, Middle}, `middle name, middle names, middle initial, middle i, mname, middle, second name, other names, other forenames, initials,
		Zweiter Vorname, Weitere Vornamen, Deuxième prénom, Segundo nombre, Tussenvoegsel, Tussenvoegsels, Voorvoegsel, Voorvoegsels, Secondo nome, Nome do meio, Drugie imię, Отчество`},
	{Target{data.FieldName, Family}, `last name, last names, family name, family names, surname, surnames, lname, last,
		Nachname, Familienname, Zuname, Nom de famille, Nom d'usage, Apellido, Apellidos, Primer apellido, Segundo apellido,
		Achternaam, Familienaam, Cognome, Sobrenome, Apelido, Apelidos, Příjmení, Nazwisko, Фамилия, Επώνυμο, Soyad, Soyadı, 姓`},
	{Target{data.FieldAlsoKnownAs, Whole}, `also known as, aka, known as, alias, aliases, preferred name, preferred, preferred first name, nickname, nick name, previous name, former name, maiden name, maiden, birth name,
		Rufname, Spitzname, Geburtsname, Früherer Name, Alias, Surnom, Nom de naissance, Nom de jeune fille, Apodo, Roepnaam, Meisjesnaam, Geboortenaam,
		フリガナ, ふりがな, カナ氏名, カナ, よみがな`},
	{Target{data.FieldBorn, Whole}, `date of birth, birth date, birthdate, birthday, dob, d.o.b., born, born on,
		Geburtsdatum, Geburtstag, Geb., Geb.-Datum, geboren, geboren am, Date de naissance, Né le, Née le, Né(e) le, Naissance,
		Fecha de nacimiento, Fecha nacimiento, Nacimiento, Geboortedatum, Geb. datum, Geboren op,
		Data di nascita, Nato il, Nata il, Nato/a il, Data de nascimento, Nascimento, Datum narození, Narozen, Data urodzenia, Дата рождения,
		Ημερομηνία γέννησης, Ημ. γέννησης, Doğum tarihi, 生年月日, 出生日期, 生日`},
	{Target{data.FieldSex, Whole}, `sex, legal sex, birth sex, sex at birth, administrative sex, Geschlecht, Geschl., Sexe, Sexo, Geslacht, Sesso, Pohlaví, Płeć, Пол, Φύλο, Cinsiyet, 性別, 性别`},
	{Target{data.FieldGender, Whole}, `gender, gender identity, Geschlechtsidentität, Genre, Identité de genre, Género, Identidad de género, Gender identiteit`},
	{Target{data.FieldPhone, Whole}, `phone, phone number, phone no, phone 1, home number, telephone, telephone number, telephone no, tel, tel no, tel., mobile, mobile phone, mobile number, mobile no,
		mobile telephone, cell, cell phone, cellphone, cell number, home phone, hm phone, wireless phone, wireless, home telephone, phone home, phone cell, phone mobile, home tel, daytime phone, contact number, contact phone, primary phone, main phone,
		Telefon, Telefonnummer, Telefon 1, Tel.-Nr., Telefon privat, Tel. privat, Handy, Handynummer, Mobil, Mobiltelefon, Mobilnummer, Rufnummer,
		Téléphone, Numéro de téléphone, Tél, Tél., Portable, Mobile, Téléphone portable, Téléphone mobile, Téléphone fixe,
		Teléfono, Número de teléfono, Móvil, Teléfono móvil, Celular, Teléfono fijo,
		Telefoon, Telefoonnummer, Mobiel, Mobiel nummer, Mobiele telefoon, Gsm, Telefoon thuis, Telefoon mobiel,
		Cellulare, Telefono, Numero di telefono, Telefone, Telemóvel, Telefone celular, Mobilní telefon, Telefon komórkowy, Numer telefonu, Komórka,
		Телефон, Мобильный телефон, Номер телефона, Τηλέφωνο, Κινητό, Cep telefonu, 電話番号, 電話, 携帯電話, 携帯, 手机, 手机号, 电话, 手機`},
	{Target{data.FieldOtherPhone, Whole}, `other phone, second phone, secondary phone, alternative phone, alternate phone, other telephone, phone 2, telephone 2, mobile 2, work phone, work number, wk phone, phone biz, phone contact, work telephone, business phone, phone work, work tel, office phone,
		Telefon 2, Weiteres Telefon, Zweites Telefon, Telefon geschäftlich, Telefon dienstlich, Autre téléphone, Téléphone 2, Téléphone professionnel, Téléphone travail,
		Otro teléfono, Teléfono 2, Teléfono trabajo, Andere telefoon, Telefoon 2, Telefoon werk`},
	{Target{data.FieldEmail, Whole}, `email, e-mail, email address, e-mail address, mail, E-Mail-Adresse, Mailadresse, Courriel, Adresse e-mail, Adresse email, Adresse mail, Adresse électronique,
		Correo, Correo electrónico, Correo-e, E-mailadres, Posta elettronica, Indirizzo email, Эл. почта, Почта, E-posta, メール, メールアドレス, 邮箱, 电子邮箱, 電子郵件`},
	{Target{data.FieldAddress, Whole}, `address, full address, home address, postal address, mailing address, Adresse, Anschrift, Postanschrift, Adresse postale, Dirección, Domicilio, Adres, Indirizzo, Residenza, Morada, Endereço, Adresa, Адрес, Διεύθυνση, 住所, 地址`},
	{Target{data.FieldAddress, Street}, `street, street address, street name, street and number, street number, house, house number, house no, house name, road,
		Straße, Straße und Hausnummer, Straße Hausnummer, Straße Nr, Str., Hausnummer, Hausnr., Rue, Voie, Numéro de rue, Calle, Straat, Straat en huisnummer, Straatnaam, Huisnummer, Huisnr, Huisnummertoevoeging, Toevoeging, Ulice, Ulica`},
	{Target{data.FieldAddress, Line}, `address 1, address 2, address 3, address 4, address 5, address line 1, address line 2, address line 3, address line 4, address line 5, addr1, addr2, addr3,
		apartment, flat, unit, suite, building, locality, district, Adresszusatz, Ortsteil, Adresse 1, Adresse 2, Adresse ligne 1, Adresse ligne 2, Complément d'adresse, Piso, Colonia`},
	{Target{data.FieldAddress, Town}, `town, city, town/city, city/town, village, suburb, postcode, post code, postal code, zip, zip code, county, state, state/province, province, region,
		Ort, Wohnort, Stadt, PLZ, Postleitzahl, PLZ Ort, PLZ/Ort, Bundesland, Kanton, Ville, Commune, Code postal, CP, Département, Ciudad, Población, Localidad, Municipio, Código postal, Provincia, Plaats, Woonplaats, Stad, Gemeente, Provincie,
		CAP, Comune, Città, Localidade, Cidade, CEP, Concelho, Město, Obec, PSČ, Miasto, Kod pocztowy, Miejscowość, Город, Индекс, Πόλη, ΤΚ, Şehir, İl, İlçe, Posta kodu,
		郵便番号, 邮编, 郵遞區號`},
	{Target{data.FieldAddress, Country}, `country, Land, Pays, País`},
	{Target{data.FieldRecordNumber, Whole}, `record number, record no, record, record id, source key, client id, client number, client no, file number, file no, file, chart number, chart no, chart, patient number, patient no, patient id, account number, mrn, medical record number, hospital number, pubpid, pat num,
		Patientennummer, Patienten-Nr., Pat.-Nr., Patienten-ID, Aktennummer, Akten-Nr., Karteinummer, Numéro de dossier, N° dossier, N° de dossier, Dossier, Numéro patient,
		Número de historia, Nº historia, Historia clínica, Número de paciente, Expediente, Número de expediente, Patiëntnummer, Patiëntnr, Dossiernummer,
		Numero cartella, Cartella, Codice paziente, N.º de processo, Número de processo, Processo, Prontuário, Číslo karty, Numer karty, Nr karty, № карты, Номер карты,
		Αρ. φακέλου, Dosya no, Dosya numarası, カルテ番号, 診察券番号, 患者番号, 病历号, 病歷號`},
	{Target{data.FieldHealthNumber, Whole}, `health number, health no, national health number, NHS number, NHS no, NHS, health card, health card number, health insurance number, health insurance no, insurance number, insurance no, insurance id, member id, policy number, medicare, medicare number, medicare no, medicaid, NHI, NHI number, PHN, CHI number, IHI, social security number, SSN, national id, national insurance number,
		Versichertennummer, Vers.-Nr., Versicherten-Nr., Versichertennr., KV-Nummer, KVNR, Krankenversichertennummer, AHV-Nummer, AHV-Nr., SVNR, Sozialversicherungsnummer,
		Numéro de sécurité sociale, N° de sécurité sociale, N° sécu, NIR, NISS, INSS, Numéro national, Número de la seguridad social, Número de seguridad social, Tarjeta sanitaria, CIP, DNI, BSN, Burgerservicenummer, Rijksregisternummer, Verzekeringsnummer,
		Codice fiscale, Tessera sanitaria, Número de utente, Rodné číslo, Číslo pojištěnce, PESEL, СНИЛС, ΑΜΚΑ, TC Kimlik No, 保険証番号, 身份证号, 身分證字號`},
	{Target{data.FieldEmergency, Whole}, `emergency contact, emergency contact name, emergency contact phone, emergency contact number, emergency contact telephone, emergency contact relationship, emergency name, emergency phone, emergency number, in case of emergency, ICE, next of kin, next of kin name, next of kin phone, next of kin telephone, next of kin number, next of kin relationship, NOK, NOK name, NOK phone, NOK relationship,
		Notfallkontakt, Notfall, Notfalltelefon, Notfallkontakt Telefon, Notfallnummer, Angehörige, Contact d'urgence, Personne à prévenir, Téléphone urgence, Contacto de emergencia, Teléfono de emergencia, Noodcontact, Contactpersoon, Contact bij nood`},
	{Target{data.FieldAlert, Whole}, `alert, alerts, warning, warnings, allergy, allergies, Warnung, Warnhinweis, Hinweis, Allergie, Allergien, CAVE, Alerte, Alertes, Allergies, Alerta, Alertas, Alergia, Alergias, Waarschuwing, Let op, Allergieën`},
	{Target{data.FieldNotes, Whole}, `notes, note, appointment notes, comment, comments, remark, remarks, memo, Notiz, Notizen, Bemerkung, Bemerkungen, Kommentar, Anmerkung, Anmerkungen, Remarque, Remarques, Commentaire, Commentaires, Notas, Nota, Observaciones, Comentario, Comentarios, Notities, Notitie, Opmerking, Opmerkingen,
		Osservazioni, Annotazioni, Observações, Poznámka, Poznámky, Uwagi, Примечание, Примечания, Παρατηρήσεις, Not, Notlar, 備考, 备注, 備註`},
	{Target{data.FieldState, Whole}, `status, status text, patient status, pat status, registration status, Patientenstatus, Statut, État, Estado`},
	{Target{data.FieldState, Death}, `deceased date, date deceased, date of death, death date, died on, died, Sterbedatum, Todesdatum, Todestag, verstorben am, Date de décès, Date du décès, Décédé le,
		Fecha de defunción, Fecha de fallecimiento, Overlijdensdatum, Overleden op, Datum overlijden`},
	{Target{data.FieldSince, Whole}, `status since, status date, Status seit, Statut depuis, Estado desde, Status sinds`},
}

// mobiles are in the titles of mobile phones, folded.
var mobiles = []string{"mobil", "mobiel", "movil", "cell", "celular", "wireless", "handy", "portable", "gsm"}

// owners stand before titles: "Patient first name".
var owners = []string{"patienten", "patient", "client", "pat", "pt"}

// fullNames are titles of the whole name, folded, that don't mean a part of it beside others. They and the next
// tables are made when a file is looked at, not at each start.
var fullNames = sync.OnceValue(func() map[string]bool {
	all := make(map[string]bool)
	for title := range strings.SplitSeq(`full name, name in full, whole name, patient name, display name, complete name, Vollständiger Name, Name Vorname, Vorname Name, Vor- und Nachname, Nom complet, Nom et prénom, Nom prénom, Nombre completo, Nombre y apellidos, Volledige naam, Nome e cognome, Cognome e nome, Nominativo, Nome completo, Jméno a příjmení, Příjmení a jméno, Imię i nazwisko, Nazwisko i imię, ФИО, Ονοματεπώνυμο, Ad soyad, Adı soyadı`, ",") {
		all[fold(title)] = true
	}
	return all
})

// weak are titles of a record number, if no other column is one.
var weak = []string{"id", "number", "no", "reference", "ref", "nummer", "nr", "numero", "identifiant", "internalid"}

// addressesAlone are titles of an address that is another one where further columns have one, and
// addressesWhole those of the same once more; folded.
var (
	addressesAlone = []string{"fulladdress", "completeaddress", "postaladdress", "mailingaddress", "homeaddress", "postanschrift", "adressepostale"}
	addressesWhole = addressesAlone[:2]
)

// titlesOf is what each folded title means.
var titlesOf = sync.OnceValue(func() map[string]Target {
	all := make(map[string]Target)
	for _, c := range common {
		for title := range strings.SplitSeq(c.titles, ",") {
			if _, taken := all[fold(title)]; !taken {
				all[fold(title)] = c.target
			}
		}
	}
	for title := range fullNames() {
		all[title] = Target{data.FieldName, Whole}
	}
	return all
})

const (
	activeWord   = "active"
	deceasedWord = "deceased"
)

var sexWords = []string{"male", "female", "intersex", "männlich", "weiblich", "homme", "femme", "masculin", "féminin", "hombre", "mujer", "masculino", "femenino", "man", "vrouw"}

// sexes are the letters that stand for a sex in the files of other programs.
var sexes = map[string]string{"M": "male", "m": "male", "F": "female", "f": "female", "W": "female", "w": "female"}

// clearSexes are the letters with which those are no doubt what they stand for here: M is a
// woman beside H for a man, and F a man beside N for a woman.
const clearSexes = "mfwdxuoi"

// states are the words for a patient's state in the files of other programs,
// folded, and those of data.PatientForm for them.
var states = sync.OnceValue(func() map[string]string {
	all := make(map[string]string)
	for word, others := range map[string]string{
		"": `active, current, waiting list, patient, registered, regular, permanent, Aktiv, Actif, Active, Activo, Activa, Actief`,
		"left": `left, inactive, moved, moved away, transferred, transferred out, deregistered, archived, former, gone, discharged, deducted,
			Inaktiv, Ausgeschieden, Verzogen, Archiviert, Ehemalig, Inactif, Inactive, Parti, Partie, Archivé, Inactivo, Inactiva, Baja, Archivado, Inactief, Vertrokken, Gearchiveerd`,
		"deceased": `deceased, dead, died, late, Verstorben, Gestorben, Décédé, Décédée, Fallecido, Fallecida, Difunto, Overleden`,
	} {
		for other := range strings.SplitSeq(others, ",") {
			all[fold(other)] = word
		}
	}
	return all
})
