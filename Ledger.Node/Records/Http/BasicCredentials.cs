using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Checks HTTP Basic credentials. All known ones are compared, and by their hashes, so that the time taken tells
/// neither which name exists nor how much of a secret is right.
/// </summary>
internal sealed class BasicCredentials
{
    private const string Scheme = "Basic ";

    private readonly (XapiCredential Credential, byte[] Digest)[] known;

    public BasicCredentials(IReadOnlyList<XapiCredential> credentials)
    {
        known = [.. credentials.Select(one => (one, Digest($"{one.Key}:{one.Secret}")))];
    }

    /// <summary>The credential behind an Authorization header, when name and secret are right.</summary>
    public bool TryIdentify(string? header, [NotNullWhen(true)] out XapiCredential? caller)
    {
        caller = null;
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        byte[] given = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), given, out int length))
        {
            return false;
        }

        byte[] digest = SHA256.HashData(given.AsSpan(0, length));
        foreach ((XapiCredential credential, byte[] expected) in known)
        {
            caller = CryptographicOperations.FixedTimeEquals(digest, expected) ? credential : caller;
        }

        return caller is not null;
    }

    /// <summary>What is compared of a secret: all digests are of one length.</summary>
    internal static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
