using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ledger.Client.Records;

namespace Ledger.Node.Records;

/// <summary>
/// Signed statements (xAPI 1.0.3, part 2, 2.6; IEEE 9274.1.1, 4.2.6): an attachment that is a JSON web signature
/// (RFC 7515) of the statement. Each rule throws <see cref="RecordFormatException"/>.
/// </summary>
internal sealed class StatementSignature
{
    /// <summary>What makes an attachment a signature.</summary>
    public const string UsageType = "http://adlnet.gov/expapi/attachments/signature";

    /// <summary>The media type that goes with it.</summary>
    public const string ContentType = "application/octet-stream";

    /// <summary>Header, payload and signature.</summary>
    private const int Segments = 3;

    private static readonly string[] Unsigned = ["attachments", "stored", "authority"];
    private static readonly string[] FilledIn = ["id", "timestamp", "version"];

    private readonly JsonCursor payload;

    private StatementSignature(JsonCursor payload)
    {
        this.payload = payload;
    }

    /// <summary>
    /// Reads a signature, and checks it against its certificate where it brings one; the path is that of an attachment
    /// that claims it.
    /// </summary>
    public static StatementSignature Read(ReadOnlySpan<byte> signature, string path)
    {
        string[] segments = Encoding.ASCII.GetString(signature).Trim().Split('.');
        if (segments.Length != Segments)
        {
            throw Refuse(path, "The signature is not a compact JSON web signature of three parts.");
        }

        JsonCursor header = Parse(Decode(segments[0], path), path, "header");
        HashAlgorithmName algorithm = Algorithm(header, path);
        JsonCursor payload = Parse(Decode(segments[1], path), path, "payload");
        byte[] value = Decode(segments[2], path);
        if (header.TryGet("x5c"u8, out JsonCursor chain))
        {
            Verify(chain, Encoding.ASCII.GetBytes($"{segments[0]}.{segments[1]}"), value, algorithm, path);
        }

        return new StatementSignature(payload);
    }

    /// <summary>Refuses a statement that is not the one that was signed; the path is that of its attachment.</summary>
    public void RequireSigns(JsonCursor statement, string path)
    {
        if (payload.Kind != JsonKind.Object || !Covers(payload, statement))
        {
            throw Refuse(path, "The signature's payload is not this statement.");
        }
    }

    // What a store sets, and the signature itself, which came after, are not signed; what the client left for the store
    // to fill in may be missing from what it signed.
    private static bool Covers(JsonCursor payload, JsonCursor statement)
    {
        foreach (JsonCursor member in payload)
        {
            if (!Unsigned.Contains(member.Name, StringComparer.Ordinal)
                && !(statement.TryGet(member.NameBytes, out JsonCursor sent)
                    && StatementComparer.AreSame(member, sent)))
            {
                return false;
            }
        }

        foreach (JsonCursor member in statement)
        {
            bool mayBeMissing = Unsigned.Contains(member.Name, StringComparer.Ordinal)
                || FilledIn.Contains(member.Name, StringComparer.Ordinal);
            if (!mayBeMissing && !payload.TryGet(member.NameBytes, out _))
            {
                return false;
            }
        }

        return true;
    }

    private static HashAlgorithmName Algorithm(JsonCursor header, string path)
    {
        string name = header.Kind == JsonKind.Object && header.TryGet("alg"u8, out JsonCursor given) ? given.Text : "";
        return name switch
        {
            "RS256" => HashAlgorithmName.SHA256,
            "RS384" => HashAlgorithmName.SHA384,
            "RS512" => HashAlgorithmName.SHA512,
            _ => throw Refuse(path, "The signature's algorithm is none of RS256, RS384 and RS512."),
        };
    }

    private static void Verify(
        JsonCursor chain, byte[] signed, byte[] value, HashAlgorithmName algorithm, string path)
    {
        string first = string.Empty;
        foreach (JsonCursor certificate in chain)
        {
            first = certificate.Text;
            break;
        }

        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(first));
            using RSA? key = certificate.GetRSAPublicKey();
            if (key?.VerifyData(signed, value, algorithm, RSASignaturePadding.Pkcs1) != true)
            {
                throw Refuse(path, "The signature is not one of the certificate's key.");
            }
        }
        catch (Exception problem) when (problem is FormatException or CryptographicException)
        {
            throw Refuse(path, "The signature's certificate cannot be read.");
        }
    }

    private static JsonCursor Parse(byte[] json, string path, string what)
    {
        try
        {
            return JsonTree.Parse(json).Root;
        }
        catch (RecordFormatException problem)
        {
            throw Refuse(path, $"The signature's {what} is not JSON: {problem.Message}");
        }
    }

    private static byte[] Decode(string segment, string path)
    {
        try
        {
            return Base64Url.DecodeFromChars(segment);
        }
        catch (FormatException)
        {
            throw Refuse(path, "A part of the signature is not base64url.");
        }
    }

    private static RecordFormatException Refuse(string path, string message) =>
        FieldRules.Refuse(path, "signature", message);
}
