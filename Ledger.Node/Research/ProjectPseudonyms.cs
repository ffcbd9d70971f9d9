using System.Security.Cryptography;
using System.Text;
using Ledger.Primitives;

namespace Ledger.Node.Research;

/// <summary>
/// Pseudonyms of a project: HMAC-SHA256 of an address under the project's key, its first 128 bits. Without the key
/// nobody can tell whose they are, nor that two projects are about the same learner. Rule Y-8 of
/// <c>docs/cohorts.md</c>.
/// </summary>
public sealed class ProjectPseudonyms(byte[] key)
{
    /// <summary>Bytes of a project's key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Two of a million learners share 128 bits with a chance of one in 10^26.</summary>
    private const int PseudonymBytes = 16;

    /// <summary>The pseudonym of a learner: 32 hexadecimal digits.</summary>
    public string Of(Address learner)
    {
        byte[] message = [.. "ledger research pseudonym"u8, .. learner.ToArray()];
        byte[] hash = HMACSHA256.HashData(key, message);
        return Convert.ToHexStringLower(hash.AsSpan(0, PseudonymBytes));
    }

    /// <summary>Whether a text can name a project: 1 to 64 letters, digits, dots and hyphens.</summary>
    public static bool IsProject(string name) =>
        name.Length is > 0 and <= 64
        && Encoding.UTF8.GetByteCount(name) == name.Length
        && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-');
}
