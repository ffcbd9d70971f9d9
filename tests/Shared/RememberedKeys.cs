using System.Collections.Concurrent;
using System.Security.Cryptography;
using Ledger.Client.Keys;
using Ledger.Primitives;

namespace Ledger.Testing;

/// <summary>
/// Opens the key files of commands that run within the tests' process. A password is made costly to guess, and every
/// command opens its key: the same file with the same password and mode costs that once.
/// </summary>
internal static class RememberedKeys
{
    private static readonly ConcurrentDictionary<string, (byte[] Secret, Address Owner)> Opened =
        new(StringComparer.Ordinal);

    /// <summary>As <see cref="KeyFile.OpenSigningKey"/>, which opens whatever was not opened before.</summary>
    public static SigningKey Open(string path, Password password)
    {
        if (NameOf(path, password) is not { } name)
        {
            return KeyFile.OpenSigningKey(path, password);
        }

        if (Opened.TryGetValue(name, out (byte[] Secret, Address Owner) known))
        {
            return SigningKey.FromSecret(known.Secret, known.Owner);
        }

        SigningKey key = KeyFile.OpenSigningKey(path, password);
        Opened[name] = (key.ExportSecret(), key.Address);
        return key;
    }

    // Null where there is no such file: then the library says so.
    private static string? NameOf(string path, Password password)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        string mode = OperatingSystem.IsWindows() ? string.Empty : File.GetUnixFileMode(path).ToString();
        return string.Join(
            '/',
            Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))),
            Convert.ToHexString(SHA256.HashData(password.Bytes)),
            mode);
    }
}
