using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ledger.Node.Records;

namespace Ledger.Fuzz;

/// <summary>Statements with their signatures, as multipart bodies. The same bytes each time.</summary>
internal static class SignatureSamples
{
    /// <summary>The boundary of the bodies.</summary>
    public const string Boundary = "fuzz";

    // A key of nobody, small and in the open: samples must be the same wherever they are made.
    private const string Key =
        "MIICXgIBAAKBgQC3qNfahcXL8FhzxDH5XqbatEXXKILGy9c6XkJWQoBP9Gn/tkqKjUI5/UyB5mgyDuiy1oZ3UShvELRer6y8t7FrgJJfEk+F"
        + "IxRga++iHpsFPBcW2cRnLWC3Qc6GoxeXzZ2ziA+mB+C1mJebMOr03bHypQ5TphN2NXE0dQ+2CCpDdQIDAQABAoGACj+Qs+/tBqFFvkf/ZePj"
        + "Oab/kq7/BSrQusARwZB6anvAAnXgmPSi8mtw/nql680rLPeNj1DnCbOL7RCueeViL/5K4m4Qwjrl6F2FY8wUxVkeUcs0DV+60+rCo/vWBq02"
        + "K1dDdAyJX6IarNstqYobG5g6bivzQlUgBZn7XHfaw8ECQQDeGawrRUC8PgYAYa04Z+PyxutOW4JFTI4LPfvzd3bkLOShPuinsALLNP7GnsU7"
        + "QrhQaq8d3ga7BVxpmzPS1b9FAkEA07Ej9d4TJNCqH4x23H/kmgyxkC5C73wjyCGa9puK4R8Bn5Enx9Wu2UOaQWE05qRPloKSy3OCEnFA1qz4"
        + "JdfecQJBAI3KF/cb5CMI+a3ercZX1NeWFHzWwMjbAce9j460EsvCuUcTsVX0cSQntgs5KzMU+jQkl51atDNLTd8BvUj5On0CQQCiyOj6PFdE"
        + "TCFGOWF9letYesJgOPLH7hIl55GeaWWWT52T8q9AgBUAhXetJu7jHR8GgkoXoS84t1ZAvqnjj+hBAkEAoDGosDDwmow92lNROyapN7TvhOZc"
        + "Sg2g+B1PMgywy6QNoFknCQydqhCEwWmhv3/rjKvDR0tqmIY/Wgs9inNpfQ==";

    private static readonly byte[] Serial = [1];

    /// <summary>Without a certificate, where the last part may be anything; with an algorithm of a name.</summary>
    public static byte[] Unproved(string algorithm) => Body(
        $"{Segment($"{{\"alg\":\"{algorithm}\"}}")}.{Base64Url.EncodeToString(RecordSamples.Plain)}.AAAA");

    /// <summary>With a certificate, and a signature by its key.</summary>
    public static byte[] Proved() => Body(Signature());

    /// <summary>The signature of that body alone.</summary>
    public static byte[] Proof() => LedgerSamples.Utf8(Signature());

    private static string Signature()
    {
        using RSA key = RSA.Create();
        key.ImportRSAPrivateKey(Convert.FromBase64String(Key), out _);
        string certificate = Convert.ToBase64String(Certificate(key));
        string signed = $"{Segment($"{{\"alg\":\"RS256\",\"x5c\":[\"{certificate}\"]}}")}"
            + $".{Base64Url.EncodeToString(RecordSamples.Plain)}";
        byte[] value = key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(value)}";
    }

    private static byte[] Certificate(RSA key)
    {
        CertificateRequest request = new("CN=fuzz", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        X509SignatureGenerator generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        DateTimeOffset begin = DateTimeOffset.UnixEpoch.AddYears(50);
        using X509Certificate2 made =
            request.Create(request.SubjectName, generator, begin, begin.AddYears(50), Serial);
        return made.RawData;
    }

    private static string Segment(string text) => Base64Url.EncodeToString(LedgerSamples.Utf8(text));

    private static byte[] Body(string signature)
    {
        byte[] bytes = LedgerSamples.Utf8(signature);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        string attachment =
            $"{{\"usageType\":\"{StatementSignature.UsageType}\",\"display\":{{\"en\":\"Signature\"}},"
            + $"\"contentType\":\"{StatementSignature.ContentType}\",\"length\":{bytes.Length},"
            + $"\"sha2\":\"{digest}\"}}";
        string plain = Encoding.UTF8.GetString(RecordSamples.Plain).TrimEnd();
        return LedgerSamples.Utf8(
            $"--{Boundary}\r\nContent-Type: application/json\r\n\r\n"
            + $"{plain[..^1]},\"attachments\":[{attachment}]}}\r\n"
            + $"--{Boundary}\r\nContent-Type: {StatementSignature.ContentType}\r\n"
            + $"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {digest}\r\n\r\n{signature}\r\n"
            + $"--{Boundary}--\r\n");
    }
}
