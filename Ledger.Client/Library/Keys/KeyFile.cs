using System.Security.Cryptography;
using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>A secret file with one key of a person or an institution.</summary>
public static class KeyFile
{
    /// <summary>Kind of a file with an Ed25519 signing key.</summary>
    public const string SigningKind = "signing-key";

    /// <summary>Kind of a file with an X25519 encryption key.</summary>
    public const string EncryptionKind = "encryption-key";

    private const string SecretName = "secret";

    /// <summary>
    /// Writes a signing key; with <paramref name="address"/> for a rotated key, whose owner keeps the first address.
    /// </summary>
    public static void Write(string path, SigningKey key, Address address, Password password, bool overwrite)
    {
        SecretFileHeader header = new(SigningKind, address.ToString(), key.PublicKey.ToString());
        Write(path, header, key.ExportSecret(), password, overwrite);
    }

    /// <summary>Writes an encryption key of the owner of <paramref name="address"/>.</summary>
    public static void Write(string path, EncryptionKey key, Address address, Password password, bool overwrite)
    {
        SecretFileHeader header = new(EncryptionKind, address.ToString(), Convert.ToHexStringLower(key.PublicKey));
        Write(path, header, key.ExportSecret(), password, overwrite);
    }

    /// <summary>
    /// Reads a signing key, whose address is the one that the file names: a key that was rotated to keeps its owner's
    /// first one. Throws <see cref="KeyFileException"/> when it cannot be had.
    /// </summary>
    public static SigningKey OpenSigningKey(string path, Password password) =>
        OpenSigningKey(path, salt => SecretFile.DeriveKey(salt, password));

    /// <summary>Reads an encryption key; throws <see cref="KeyFileException"/> when it cannot be had.</summary>
    public static EncryptionKey OpenEncryptionKey(string path, Password password) =>
        OpenEncryptionKey(path, salt => SecretFile.DeriveKey(salt, password));

    /// <summary>As with a password, for a file whose key is made of its salt.</summary>
    internal static SigningKey OpenSigningKey(string path, Func<byte[], Key> derive)
    {
        using SecretBundle bundle = Open(path, SigningKind, derive);
        Address owner = Address.TryParse(bundle.Header.Address, out Address named)
            ? named
            : throw new KeyFileException($"{path} names no address.");
        SigningKey key = SigningKey.FromSecret(bundle.Get(SecretName), owner);
        if (key.PublicKey.ToString() == bundle.Header.PublicKey)
        {
            return key;
        }

        key.Dispose();
        throw new KeyFileException($"{path}: {KeyFileException.WrongPassword}");
    }

    /// <summary>As with a password, for a file whose key is made of its salt.</summary>
    internal static EncryptionKey OpenEncryptionKey(string path, Func<byte[], Key> derive)
    {
        using SecretBundle bundle = Open(path, EncryptionKind, derive);
        EncryptionKey key = EncryptionKey.FromSecret(bundle.Get(SecretName));
        if (Convert.ToHexStringLower(key.PublicKey) == bundle.Header.PublicKey)
        {
            return key;
        }

        key.Dispose();
        throw new KeyFileException($"{path}: {KeyFileException.WrongPassword}");
    }

    private static SecretBundle Open(string path, string kind, Func<byte[], Key> derive)
    {
        SecretFileHeader header = SecretFile.ReadHeader(path);
        return header.Kind == kind
            ? SecretFile.Open(path, derive)
            : throw new KeyFileException($"{path} holds a {header.Kind}, not a {kind}.");
    }

    private static void Write(
        string path, SecretFileHeader header, byte[] secret, Password password, bool overwrite)
    {
        try
        {
            Dictionary<string, byte[]> secrets = new(StringComparer.Ordinal) { [SecretName] = secret };
            SecretFile.Write(path, header, secrets, password, overwrite);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }
}
