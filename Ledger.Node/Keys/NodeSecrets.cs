using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Ledger.Client.Keys;
using Ledger.Node.Peers;
using Ledger.Node.Sealing;

namespace Ledger.Node.Keys;

/// <summary>
/// The keys of a node, encrypted under one password: the identity key (transactions, TLS bindings, intake receipts) in
/// a file of its own, which its administrators use too; and in another the keys for votes, encryption and TLS, the
/// secret under which locators are made, the one under which records rest on disk, and the secrets of links to other
/// record stores. The vote key is touched by the safety rules only.
/// </summary>
public sealed class NodeSecrets : IDisposable
{
    /// <summary>The locator key's version that this build writes.</summary>
    public const uint LocatorKeyVersion = 1;

    private const string FileKind = "node-secrets";
    private const string VoteName = "vote";
    private const string NextVoteName = "vote-next";
    private const string EncryptionName = "encryption";
    private const string TlsName = "tls";
    private const string LocatorName = "locator-1";
    private const string RecordsName = "records-1";
    private const string LinkPrefix = "link:";
    private const int LocatorKeyBytes = 32;

    private readonly Dictionary<string, byte[]> links;

    private NodeSecrets(SigningKey identity, SecretBundle bundle)
    {
        Identity = identity;
        Votes = bundle.TryGet(NextVoteName, out byte[]? next)
            ? [SigningKey.FromSecret(bundle.Get(VoteName)), SigningKey.FromSecret(next)]
            : [SigningKey.FromSecret(bundle.Get(VoteName))];
        Encryption = EncryptionKey.FromSecret(bundle.Get(EncryptionName));
        Tls = TlsIdentity.Load(bundle.Get(TlsName));
        LocatorKey = [.. bundle.Get(LocatorName)];
        RecordsSecret = bundle.TryGet(RecordsName, out byte[]? records) ? [.. records] : null;
        links = LinksIn(bundle).ToDictionary(
            static name => name[LinkPrefix.Length..], name => bundle.Get(name).ToArray());
    }

    /// <summary>Signs transactions, TLS bindings, fresh-read answers and box answers.</summary>
    public SigningKey Identity { get; }

    /// <summary>
    /// Sign consensus messages, the older key first: one, and two while a key is being replaced.
    /// </summary>
    public ImmutableArray<SigningKey> Votes { get; }

    /// <summary>Others encrypt to it.</summary>
    public EncryptionKey Encryption { get; }

    /// <summary>The TLS key and certificate.</summary>
    public TlsIdentity Tls { get; }

    /// <summary>32 bytes: version 1 of the key under which statement ids become locators.</summary>
    public byte[] LocatorKey { get; }

    /// <summary>
    /// 32 bytes, from which the keys of persons are wrapped; null in a file of an earlier version, to which
    /// <see cref="AddRecordsSecret"/> gives it.
    /// </summary>
    public byte[]? RecordsSecret { get; }

    /// <summary>Makes new keys and writes them; never overwrites.</summary>
    public static void Create(string path, string identityPath, string name, Password password, DateTimeOffset now)
    {
        using SigningKey identity = SigningKey.Create();
        using SigningKey vote = SigningKey.Create();
        using EncryptionKey encryption = EncryptionKey.Create();
        Dictionary<string, byte[]> secrets = new(StringComparer.Ordinal)
        {
            [VoteName] = vote.ExportSecret(),
            [EncryptionName] = encryption.ExportSecret(),
            [TlsName] = TlsIdentity.Generate(name, now),
            [LocatorName] = RandomNumberGenerator.GetBytes(LocatorKeyBytes),
            [RecordsName] = RandomNumberGenerator.GetBytes(RecordsKey.Size),
        };
        SecretFileHeader header = new(FileKind, identity.Address.ToString(), identity.PublicKey.ToString());
        try
        {
            SecretFile.Write(path, header, secrets, password, overwrite: false);
            KeyFile.Write(identityPath, identity, identity.Address, password, overwrite: false);
        }
        finally
        {
            foreach (byte[] secret in secrets.Values)
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }
    }

    /// <summary>Opens both files.</summary>
    /// <exception cref="KeyFileException">Wrong password, damaged or missing file; the text says what to
    /// do.</exception>
    public static NodeSecrets Open(string path, string identityPath, Password password)
    {
        using SecretBundle bundle = SecretFile.Open(path, password);
        if (bundle.Header.Kind != FileKind)
        {
            throw new KeyFileException($"{path} holds a {bundle.Header.Kind}, not a node's secrets.");
        }

        SigningKey identity = KeyFile.OpenSigningKey(identityPath, password);
        // The identity key may be another one than at first; the address stays.
        if (identity.Address.ToString() == bundle.Header.Address)
        {
            return new NodeSecrets(identity, bundle);
        }

        identity.Dispose();
        throw new KeyFileException($"{path} and {identityPath} are not of the same node.");
    }

    /// <summary>Makes a next vote key, beside the one that there is, and writes it.</summary>
    /// <exception cref="KeyFileException">There are two already, or the file cannot be used.</exception>
    public static void AddVoteKey(string path, Password password)
    {
        using SigningKey vote = SigningKey.Create();
        Rewrite(path, password, secrets =>
        {
            if (!secrets.TryAdd(NextVoteName, vote.ExportSecret()))
            {
                throw new KeyFileException(
                    $"{path} holds a next vote key already. Activate it and drop the old one first: a node holds two "
                    + "at most.");
            }
        });
    }

    /// <summary>Forgets the older of two vote keys.</summary>
    /// <exception cref="KeyFileException">There is only one, or the file cannot be used.</exception>
    public static void DropOldVoteKey(string path, Password password) => Rewrite(path, password, secrets =>
    {
        if (!secrets.Remove(NextVoteName, out byte[]? next))
        {
            throw new KeyFileException($"{path} holds one vote key: there is no old one to drop.");
        }

        CryptographicOperations.ZeroMemory(secrets[VoteName]);
        secrets[VoteName] = next;
    });

    /// <summary>Makes the secret under which records rest, in a file of an earlier version, and writes it.</summary>
    /// <exception cref="KeyFileException">There is one already, or the file cannot be used.</exception>
    public static void AddRecordsSecret(string path, Password password) => Rewrite(path, password, secrets =>
    {
        if (!secrets.TryAdd(RecordsName, RandomNumberGenerator.GetBytes(RecordsKey.Size)))
        {
            throw new KeyFileException($"{path} holds the secret of the records already.");
        }
    });

    /// <summary>The longest secret of a link, in bytes of UTF-8: all links' secrets fit into the file.</summary>
    public const int LinkSecretBytesMax = 512;

    /// <summary>The secret of a link to another record store.</summary>
    /// <exception cref="KeyFileException">There is none of that name.</exception>
    public string LinkSecret(string link) => links.TryGetValue(link, out byte[]? secret)
        ? Encoding.UTF8.GetString(secret)
        : throw new KeyFileException($"There is no secret of link {link}. Add the link again.");

    /// <summary>The secrets of all links, by their names, as the file has them now.</summary>
    /// <exception cref="KeyFileException">The file cannot be used.</exception>
    public static IReadOnlyDictionary<string, string> LinkSecrets(string path, Password password)
    {
        using SecretBundle bundle = SecretFile.Open(path, password);
        return LinksIn(bundle).ToDictionary(
            static name => name[LinkPrefix.Length..], name => Encoding.UTF8.GetString(bundle.Get(name)));
    }

    /// <summary>Keeps the secret of a link, in place of an older one.</summary>
    /// <exception cref="KeyFileException">The file cannot be used.</exception>
    public static void SetLinkSecret(string path, Password password, string link, ReadOnlySpan<byte> secret)
    {
        byte[] kept = secret.ToArray();
        Rewrite(path, password, secrets => secrets[LinkPrefix + link] = kept);
    }

    /// <summary>Forgets the secret of a link, if there is one.</summary>
    /// <exception cref="KeyFileException">The file cannot be used.</exception>
    public static void DropLinkSecret(string path, Password password, string link) => Rewrite(path, password, secrets =>
    {
        if (secrets.Remove(LinkPrefix + link, out byte[]? secret))
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (byte[] secret in links.Values)
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        Identity.Dispose();
        foreach (SigningKey vote in Votes)
        {
            vote.Dispose();
        }

        Encryption.Dispose();
        Tls.Dispose();
        CryptographicOperations.ZeroMemory(LocatorKey);
        CryptographicOperations.ZeroMemory(RecordsSecret);
    }

    private static IEnumerable<string> LinksIn(SecretBundle bundle) =>
        bundle.Names.Where(static name => name.StartsWith(LinkPrefix, StringComparison.Ordinal));

    // The file is replaced as a whole, so that a crash leaves the old one or the new one.
    private static void Rewrite(string path, Password password, Action<Dictionary<string, byte[]>> change)
    {
        using SecretBundle bundle = SecretFile.Open(path, password);
        if (bundle.Header.Kind != FileKind)
        {
            throw new KeyFileException($"{path} holds a {bundle.Header.Kind}, not a node's secrets.");
        }

        Dictionary<string, byte[]> secrets =
            bundle.Names.ToDictionary(name => name, name => bundle.Get(name).ToArray(), StringComparer.Ordinal);
        try
        {
            change(secrets);
            SecretFile.Write(path, bundle.Header, secrets, password, overwrite: true);
        }
        finally
        {
            foreach (byte[] secret in secrets.Values)
            {
                CryptographicOperations.ZeroMemory(secret);
            }
        }
    }
}
