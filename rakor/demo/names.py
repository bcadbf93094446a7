"""Made-up people: varied as the country is, drawn from a seed, and always ending in "Contoh"."""

from random import Random

FIRST = (  # noqa: SIM905 - a list to read
    "Agustina Ahmad Andi Anisa Antonius Arif Asep Bagus Bambang Cut Dedi Desak Dewi Dian Eko Elisabeth Endang Fatimah "
    "Fransiska Gede Hadi Halimah Hendra Herman Ida Indah Irwan Jamal Joko Kadek Komang Kurnia Lestari Lukas Made "
    "Maria Markus Marlina Mohamad Mutiara Nengah Ni_Luh Nining Novita Nur Nyoman Oktavianus Paulus Petrus Putri "
    "Rahmat Rambu Ratna Rina Rizki Roswita Ruslan Sari Siti Slamet Sri Sulaiman Suryani Teguh Theresia Titik Tri "
    "Umar Wahyu Wayan Widodo Wulan Yohana Yosef Yuliana Yusuf Zainal Zubaidah"
).split()
SECOND = {
    "Sumatera": "Harahap Hasibuan Lubis Nasution Siregar Sinaga Rangkuti Syahputra Zulkarnain Rahmawati Effendi",
    "Jawa": "Prasetyo Wibowo Handayani Kurniawan Suryadi Puspita Nugroho Hidayat Saputra Anggraini Rahayu Setiawan",
    "Bali-Nusa Tenggara": "Artha Suardana Widiani Lalu Sasongko Fernandez Kelen Bere Manek Tokan Sudiarta",
    "Kalimantan": "Rahman Noor Salim Usop Dunis Aritonang Ruslani Hamidah Saleh Ladjar",
    "Sulawesi": "Tahir Mappiare Lasut Tumbelaka Daeng Pakaya Mokoginta Lamusu Rante Palloan",
    "Maluku": "Pattinasarany Latuconsina Hehanussa Umasugi Soamole Tuharea Wattimena",
    "Papua": "Wanggai Kogoya Tabuni Mandacan Gebze Rumbiak Yoman Wenda Asso Kambu Mofu",
}
FRONT = ("", "", "", "", "", "", "Dr.", "Drs.", "Hj.", "H.", "Ir.")
BACK = ("", "", "S.E.", "S.H.", "S.Sos.", "S.I.Kom.", "S.T., M.T.", "M.Si.", "M.A.P.", "S.Pd., M.Pd.", "S.Kom.")


def person(luck: Random, island: str) -> tuple[str, str, str]:
    """Return front title, name and back title of somebody from an island group."""
    seconds = SECOND.get(island, SECOND["Jawa"]).split()
    words = [luck.choice(FIRST).replace("_", " ")]
    if luck.random() < 0.8:  # many have one name only
        words.append(luck.choice(seconds))
    if luck.random() < 0.2:
        words.insert(1, luck.choice(FIRST).replace("_", " "))
    return luck.choice(FRONT), " ".join([*dict.fromkeys(words), "Contoh"]), luck.choice(BACK)


def phone(number: int) -> str:
    """Return a mobile number of a range nobody has, in E.164."""
    return f"+62812000{number % 100_000:05d}"
