using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>
/// The node's TLS key with a self-signed certificate around it. Who the node is follows from its institution's binding
/// of the key, never from the certificate's names or dates.
/// </summary>
public sealed class TlsIdentity : IDisposable
{
    /// <summary>Peers do not look at dates; ten years keep foreign tools from warning.</summary>
    private const int CertificateYears = 10;

    private TlsIdentity(X509Certificate2 certificate)
    {
        Certificate = certificate;
        KeyHash = HashOf(certificate);
    }

    /// <summary>Certificate with its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate's public key (SubjectPublicKeyInfo): what bindings and pins name.</summary>
    public Hash256 KeyHash { get; }

    /// <summary>A new P-256 key and certificate, as PKCS#12 bytes to be kept among the node's secrets.</summary>
    public static byte[] Generate(string name, DateTimeOffset now)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X500DistinguishedNameBuilder subject = new();
        subject.AddCommonName(name);
        CertificateRequest request = new(subject.Build(), key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(CertificateYears));
        return certificate.Export(X509ContentType.Pkcs12);
    }

    /// <summary>Reads what <see cref="Generate"/> made.</summary>
    public static TlsIdentity Load(byte[] pkcs12) =>
        new(X509CertificateLoader.LoadPkcs12(pkcs12, password: null, X509KeyStorageFlags.Exportable));

    /// <summary>SHA-256 of a certificate's SubjectPublicKeyInfo.</summary>
    public static Hash256 HashOf(X509Certificate2 certificate) =>
        new(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}
