"""The installation's own certificate authority, for `rakor serve --lan`: made once, able to vouch for nothing beyond a
local network; and the server's certificate under it, short-lived and made anew when the addresses change.

Each lies with its private key in one file of ``lan/`` in the instance folder, which rakor alone can read.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FOLDER = "lan"
AUTHORITY, SERVER = "authority", "server"
AUTHORITY_LIFE, SERVER_LIFE = timedelta(days=730), timedelta(days=30)
RENEW_BEFORE = timedelta(days=10)
EARLIER = timedelta(days=1)  # phones with slow clocks
NETWORKS = tuple(
    ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "fc00::/7")
)
ENDINGS = ("local", "lan", "internal", "home.arpa")
Address = IPv4Address | IPv6Address


@dataclass(frozen=True)
class Standing:
    """What lies in the folder: for which names the server's certificate stands, until when, and which file is open."""

    names: tuple[str, ...]
    until_at: datetime
    open_file: str = ""


def may_name(name: str) -> bool:
    """True where the authority can vouch for a host name or address: one of a local network."""
    address = _address(name)
    if address is None:
        return any(name == ending or name.endswith(f".{ending}") for ending in ENDINGS)
    return any(address.version == network.version and address in network for network in NETWORKS)


def ensure(instance: Path, names: Sequence[str], *, now: datetime) -> bool:
    """Make what is missing, too old or for other names; True where the authority is new: phones must learn it first."""
    folder = instance / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = _certificate(folder, AUTHORITY)
    new = known is None or known.not_valid_after_utc - now < SERVER_LIFE
    if new:
        _make_authority(folder, now)
    server = _certificate(folder, SERVER)
    if new or server is None or names_of(server) != tuple(names) or server.not_valid_after_utc - now < RENEW_BEFORE:
        _make_server(folder, names, now)
    return new


def server_file(instance: Path) -> Path:
    """Return the file with the server's key and certificate."""
    return _path(instance / FOLDER, SERVER)


def authority_file(instance: Path) -> Path:
    """Return the file with the authority's key and certificate: what a backup keeps, for phones trust it."""
    return _path(instance / FOLDER, AUTHORITY)


def authority(instance: Path) -> x509.Certificate | None:
    """Return the authority's certificate; None where there is none."""
    return _certificate(instance / FOLDER, AUTHORITY)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate as phones show it: pairs of capitals, parted by spaces."""
    return certificate.fingerprint(SHA256()).hex(" ").upper()


def standing(instance: Path) -> Standing | None:
    """Return what lies in the folder; None where `rakor serve --lan` never ran here."""
    folder = instance / FOLDER
    top, server = _certificate(folder, AUTHORITY), _certificate(folder, SERVER)
    if top is None or server is None:
        return None
    files = [_path(folder, name) for name in (AUTHORITY, SERVER)]
    open_files = [str(file) for file in files if file.stat().st_mode & 0o077]
    return Standing(
        names_of(server), min(server.not_valid_after_utc, top.not_valid_after_utc), open_files[0] if open_files else ""
    )


def names_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the names a certificate stands for, in its order."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return tuple(str(one.value) for one in found)


def _address(name: str) -> Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.pem"


def _certificate(folder: Path, name: str) -> x509.Certificate | None:
    path = _path(folder, name)
    return x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None


def _make_authority(folder: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    mark = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    name = _named(f"rakor {now:%Y-%m-%d} {mark.digest.hex()[:6].upper()}")
    within: list[x509.GeneralName] = [x509.DNSName(ending) for ending in ENDINGS]
    within += [x509.IPAddress(network) for network in NETWORKS]
    certificate = (
        _begun(name, name, key, now, AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(within, None), critical=True)
        .add_extension(mark, critical=False)
        .sign(key, SHA256())
    )
    _keep(folder, AUTHORITY, key, certificate)


def _make_server(folder: Path, names: Iterable[str], now: datetime) -> None:
    kept = _path(folder, AUTHORITY).read_bytes()
    top, top_key = x509.load_pem_x509_certificate(kept), load_pem_private_key(kept, None)
    assert isinstance(top_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    said = [_general(name) for name in names]
    certificate = (
        _begun(_named("rakor"), top.subject, key, now, SERVER_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(said), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(top_key.public_key()), critical=False)
        .sign(top_key, SHA256())
    )
    _keep(folder, SERVER, key, certificate)


def _general(name: str) -> x509.GeneralName:
    address = _address(name)
    return x509.DNSName(name) if address is None else x509.IPAddress(address)


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    return builder.not_valid_before(now - EARLIER).not_valid_after(now + life)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(folder: Path, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    """Write both as one file, so that a key and its certificate cannot come apart."""
    path, fresh = _path(folder, name), folder / f"{name}.new"
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        file.write(certificate.public_bytes(Encoding.PEM))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
