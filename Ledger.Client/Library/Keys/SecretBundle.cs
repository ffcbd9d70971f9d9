using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>Named secrets that were read from a file; they are zeroed when it is disposed.</summary>
public sealed class SecretBundle : IDisposable
{
    private readonly SortedDictionary<string, byte[]> secrets;

    internal SecretBundle(SecretFileHeader header, SortedDictionary<string, byte[]> secrets)
    {
        Header = header;
        this.secrets = secrets;
    }

    /// <summary>The file's open part.</summary>
    public SecretFileHeader Header { get; }

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => secrets.Keys;

    /// <summary>The secret of a name; it must not be used after the bundle is disposed.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out byte[]? secret) => secrets.TryGetValue(name, out secret);

    /// <summary>The secret of a name; throws <see cref="KeyFileException"/> when the file has none.</summary>
    public byte[] Get(string name) => TryGet(name, out byte[]? secret)
        ? secret
        : throw new KeyFileException($"The file holds no secret named {name}.");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (byte[] secret in secrets.Values)
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
