package demo

import (
	"math/rand/v2"
	"strings"
)

// people is a pool of names in one script. The family names say that they are
// examples, in their language, so that nobody takes them for somebody.
type people struct {
	weight  int // of 100
	given   []string
	family  []string
	endings []string // of family names; nil: they stand as they are
	joint   string   // between given and family name
	swapped bool     // the family name comes first
}

var pools = []people{
	{
		weight: 52, joint: " ",
		given: words(`Ada Agnes Alan Alice Amy Andrew Ann Arthur Barbara Ben Bella Brian Carol Cecil Charlie Chloe Clara Colin Cora Daisy Dan Daphne Dora
			Edgar Edith Ella Emma Eric Ethel Eva Felix Fiona Flora Frank Fred George Gerald Gina Grace Hannah Harold Harriet Hazel Helen Henry Hugo
			Ida Ina Ira Iris Isaac Ivy Jack Jane Jean Jill Joan Joel Judith June Karen Keith Kim Laura Leo Lily Lisa Lucy Mabel Mark Martha Mary
			Max May Mia Miles Molly Nancy Nell Nick Noel Nora Oliver Olive Oscar Pam Paul Pearl Peggy Percy Petra Philip Polly Quentin Ralph Rita
			Robin Rosa Ruth Sam Sara Sid Sue Sylvia Ted Tess Theo Tina Toby Tom Una Vera Victor Viola Walter Wendy Will Zara`),
		family: words(`Example Sample Specimen Invent Placehold Fiction Makebeliev Pretend Demon Trial Testing Template Mockup Nobod Anyon Someon
			Imagin Dummy Prototyp Sketch`),
		endings: words(`son ton ford ham worth by ley man well field wick stead thorpe bury smith er more land wood brook combe shaw gate dale croft`),
	},
	{
		weight: 30, joint: " ",
		given: words(`Testa Ola Kari Åse Bjørn Søren Øystein Åke Märta Jörg Jürgen Käthe Günther Zoë Chloé Hélène François Renée Noël Agnès Benoît
			José Íñigo Begoña Ángel Núria João Inês Conceição Nuno Zoltán Ágnes Győző Łukasz Małgorzata Zbigniew Jiří Šárka Žofie Řehoř Ľubica
			Ștefan Ioana Çağla Şebnem Gökçe İpek Nguyệt Thị-Thử Hồng Siân Niamh Eòghan D'Arcy Jean-Luc Anne-Marie Ann-Kristin`),
		family: words(`Muster Mustermann Musterfrau Beispiel Nordmann Exempel Eksempel Esimerkki Exemple Dupont-Exemple Ejemplo Fulano-Inventado
			Exemplo Esempio D'Esempio Voorbeeld Voorbeeld-Verzonnen Przykład Przykładowska Příklad Příkladová Példa Minta-Kitalált Örnek Hayalî
			Exemplu Inventat Näidis Paraugs Pavyzdys Primjer Dæmi Enghraifft Sampla O'Sampla Thử-Nghiệm Ví-Dụ Erfunden Påhittad Oppdiktet Inventé`),
	},
	{
		weight: 4, joint: " ",
		given:  words(`Μαρία Ελένη Γιώργος Νίκος Κατερίνα Δημήτρης Σοφία Ιωάννα Άννα Θεόδωρος`),
		family: words(`Παράδειγμα Παραδειγματίδης Παραδειγματοπούλου Δείγμας Δοκιμάκη Φανταστικού Υποθετικός`),
	},
	{
		weight: 5, joint: " ",
		given:  words(`Анна Мария Иван Ольга Пётр Ирина Сергій Оксана Наталія Фёдор Ѓорѓи Ђорђе`),
		family: words(`Примеров Примерова Образцов Образцова Тестовенко Прикладенко Вымышленная Выдуманный Измишљенић`),
	},
	{
		weight: 4, joint: " ",
		given:  words(`محمد ليلى فاطمة يوسف مريم عمر سلمى أحمد نور هدى`),
		family: words(`المثال النموذجي التجريبي الافتراضي المبتكر الخيالي`),
	},
	{
		weight: 1, joint: " ",
		given:  words(`נועה דוד מרים יעל אבי רות`),
		family: words(`דוגמה בן־דוגמה לדוגמא מומצאת`),
	},
	{
		weight: 2, swapped: true,
		given:  words(`明 美玲 小紅 志強 秀英 偉 静 大文`),
		family: words(`例子 範例 測試 样本 虚构 示例`),
	},
	{
		weight: 1, joint: " ", swapped: true,
		given:  words(`花子 太郎 さくら 一郎 ハナ`),
		family: words(`見本 架空 例題 サンプル 仮名`),
	},
	{
		weight: 1, joint: " ",
		given: words(`Wilhelmina-Konstantina Maximiliana-Augustina Bartholomäus-Emmanuel`),
		family: []string{
			"van den Voorbeeld-Verzonnen genannt Musterfrau zu Beispielhausen und Exempelsberg",
			"de la Fuente Inventada y Ejemplo-Imaginario de los Nombres Demasiado Largos para una Columna",
		},
	},
}

func words(text string) []string { return strings.Fields(text) }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// name draws a name.
func name(r *rand.Rand) string {
	part := r.IntN(100)
	i := 0
	for part >= pools[i].weight {
		part -= pools[i].weight
		i++
	}
	p := pools[i]
	given, family := pick(r, p.given), pick(r, p.family)
	if p.endings != nil {
		family += pick(r, p.endings)
		switch r.IntN(12) {
		case 0:
			given += " " + pick(r, p.given)
		case 1:
			given += " " + string(pick(r, p.given)[0]) + "."
		case 2:
			family += "-" + pick(r, p.family) + pick(r, p.endings)
		}
	}
	if p.swapped {
		return family + p.joint + given
	}
	return given + p.joint + family
}
