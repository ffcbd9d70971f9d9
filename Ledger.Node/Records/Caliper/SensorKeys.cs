using System.Security.Cryptography;
using System.Text;

namespace Ledger.Node.Records.Caliper;

/// <summary>
/// The keys that Caliper sensors show. A sensor knows a key and no name: the key is the secret of a credential, sent
/// as a bearer token (1.1, section 5.4), or bare, as sensors do that were set up for OpenLRW.
/// </summary>
internal sealed class SensorKeys
{
    private const string Scheme = "Bearer ";

    private readonly (byte[] Digest, string Header)[] known;

    public SensorKeys(IReadOnlyList<XapiCredential> credentials)
    {
        known = [.. credentials.Select(one => (BasicCredentials.Digest(one.Secret), Basic(one)))];
    }

    /// <summary>
    /// The header with the name and secret that a key belongs to; null where the header holds no known key. All keys
    /// are compared, and by their hashes, so that the time taken tells nothing of them.
    /// </summary>
    public string? HeaderOf(string? header)
    {
        if (header is null)
        {
            return null;
        }

        string key = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : header.Trim();
        byte[] digest = BasicCredentials.Digest(key);
        string? found = null;
        foreach ((byte[] expected, string basic) in known)
        {
            found = CryptographicOperations.FixedTimeEquals(digest, expected) ? basic : found;
        }

        return found;
    }

    private static string Basic(XapiCredential credential) => "Basic "
        + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.Key}:{credential.Secret}"));
}
