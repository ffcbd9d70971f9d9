using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Primitives;
using NSec.Cryptography;

namespace Ledger.Client.Keys;

/// <summary>
/// A file of named secrets under one password: Argon2id (64 MiB, 3 passes), then XChaCha20-Poly1305 with the open
/// fields as
/// associated data. JSON, format version 1, mode 0600.
/// </summary>
public static class SecretFile
{
    /// <summary>Longest file that is read: a handful of keys need less than 4 KiB.</summary>
    public const int FileBytesMax = 64 * 1024;

    private const string Format = "learning-ledger-secret";
    private const int Version = 1;
    private const string DerivationName = "argon2id";
    private const string CipherName = "xchacha20-poly1305";

    // Guessing costs 64 MiB and about 0.2 s a try; version 1 has no other cost, so a forged file cannot ask for less or
    // more.
    private const int MemoryKiB = 64 * 1024;
    private const int Passes = 3;
    private const int SaltBytes = 16;

    /// <summary>
    /// Writes the secrets. Throws <see cref="KeyFileException"/> when the file exists and <paramref name="overwrite"/>
    /// is false, or
    /// when it cannot be written.
    /// </summary>
    public static void Write(
        string path,
        SecretFileHeader header,
        IReadOnlyDictionary<string, byte[]> secrets,
        Password password,
        bool overwrite) => Write(path, header, secrets, salt => DeriveKey(salt, password), overwrite);

    /// <summary>Writes the secrets under a key that is made of the salt.</summary>
    internal static void Write(
        string path,
        SecretFileHeader header,
        IReadOnlyDictionary<string, byte[]> secrets,
        Func<byte[], Key> derive,
        bool overwrite)
    {
        SecretFileDocument document = new()
        {
            Format = Format,
            Version = Version,
            Kind = header.Kind,
            Address = header.Address,
            PublicKey = header.PublicKey,
            Derivation = DerivationName,
            MemoryKiB = MemoryKiB,
            Passes = Passes,
            Salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltBytes)),
            Cipher = CipherName,
            Nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(AeadAlgorithm.XChaCha20Poly1305.NonceSize)),
        };
        byte[] payload = SecretPayload.Write(new SortedDictionary<string, byte[]>(
            secrets.ToDictionary(), StringComparer.Ordinal));
        try
        {
            using Key key = derive(Convert.FromHexString(document.Salt));
            document.Ciphertext = Convert.ToHexStringLower(AeadAlgorithm.XChaCha20Poly1305.Encrypt(
                key, Convert.FromHexString(document.Nonce), AssociatedData(document), payload));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payload);
        }

        Store(path, document, overwrite);
    }

    /// <summary>Reads the open part; without the password nothing vouches for it.</summary>
    public static SecretFileHeader ReadHeader(string path)
    {
        SecretFileDocument document = Load(path);
        return new SecretFileHeader(document.Kind, document.Address, document.PublicKey);
    }

    /// <summary>
    /// Opens the file; throws <see cref="KeyFileException"/> when the password is wrong or the file damaged.
    /// </summary>
    public static SecretBundle Open(string path, Password password) => Open(path, salt => DeriveKey(salt, password));

    /// <summary>Opens a file whose key is made of its salt: so its format is tried without a password's cost.</summary>
    internal static SecretBundle Open(string path, Func<byte[], Key> derive)
    {
        SecretFileDocument document = Load(path);
        byte[] payload =
            Decrypt(document, derive) ?? throw new KeyFileException($"{path}: {KeyFileException.WrongPassword}");
        try
        {
            SortedDictionary<string, byte[]> secrets = SecretPayload.Read(payload)
                ?? throw new KeyFileException($"{path}: {KeyFileException.WrongPassword}");
            return new SecretBundle(new SecretFileHeader(document.Kind, document.Address, document.PublicKey), secrets);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(payload);
        }
    }

    /// <summary>Writes the same secrets again under another password.</summary>
    public static void ChangePassword(string path, Password old, Password replacement)
    {
        using SecretBundle bundle = Open(path, old);
        Dictionary<string,
            byte[]> secrets = bundle.Names.ToDictionary(name => name, bundle.Get, StringComparer.Ordinal);
        Write(path, bundle.Header, secrets, replacement, overwrite: true);
    }

    private static byte[]? Decrypt(SecretFileDocument document, Func<byte[], Key> derive)
    {
        try
        {
            byte[] nonce = Convert.FromHexString(document.Nonce);
            byte[] ciphertext = Convert.FromHexString(document.Ciphertext);
            byte[] salt = Convert.FromHexString(document.Salt);
            if (salt.Length != SaltBytes)
            {
                return null;
            }

            using Key key = derive(salt);
            return AeadAlgorithm.XChaCha20Poly1305.Decrypt(key, nonce, AssociatedData(document), ciphertext);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>The key of a password, at the cost of Argon2id.</summary>
    internal static Key DeriveKey(byte[] salt, Password password)
    {
        Argon2Parameters cost = new() { DegreeOfParallelism = 1, MemorySize = MemoryKiB, NumberOfPasses = Passes };
        return PasswordBasedKeyDerivationAlgorithm.Argon2id(cost)
            .DeriveKey(password.Bytes, salt, AeadAlgorithm.XChaCha20Poly1305);
    }

    /// <summary>Every open field, each preceded by its length, so that no change of the header goes unseen.</summary>
    private static byte[] AssociatedData(SecretFileDocument document)
    {
        HashBuilder builder = new(Tags.SecretFile, stackalloc byte[HashBuilder.ScratchBytes]);
        builder.Add(Encoding.UTF8.GetBytes(document.Format));
        builder.Add((ulong)document.Version);
        builder.Add(Encoding.UTF8.GetBytes(document.Kind));
        builder.Add(Encoding.UTF8.GetBytes(document.Address));
        builder.Add(Encoding.UTF8.GetBytes(document.PublicKey));
        builder.Add(Encoding.UTF8.GetBytes(document.Derivation));
        builder.Add((ulong)document.MemoryKiB);
        builder.Add((ulong)document.Passes);
        builder.Add(Encoding.UTF8.GetBytes(document.Salt));
        builder.Add(Encoding.UTF8.GetBytes(document.Cipher));
        builder.Add(Encoding.UTF8.GetBytes(document.Nonce));
        return builder.Finish().ToArray();
    }

    private static void Store(string path, SecretFileDocument document, bool overwrite)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(document, SecretFileJson.Default.SecretFileDocument);
        try
        {
            AtomicFile.Write(path, json, overwrite);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(
                string.Create(CultureInfo.InvariantCulture, $"The key file was not written. {failure.Message}"),
                    failure);
        }
    }

    private static SecretFileDocument Load(string path)
    {
        try
        {
            SecretPermissions.RequireOwnerOnly(path);
            if (new FileInfo(path).Length > FileBytesMax)
            {
                throw new KeyFileException($"{path} is too long to be a key file.");
            }

            SecretFileDocument? document = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), SecretFileJson.Default.SecretFileDocument);
            return document is not null && IsKnown(document)
                ? document
                : throw new KeyFileException($"{path} is not a key file of a format that this program knows.");
        }
        catch (JsonException failure)
        {
            throw new KeyFileException($"{path} is not a key file, or it is damaged.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException($"The key file {path} cannot be read: {failure.Message}", failure);
        }
    }

    private static bool IsKnown(SecretFileDocument document) =>
        document.Format == Format
        && document.Version == Version
        && document.Derivation == DerivationName
        && document.MemoryKiB == MemoryKiB
        && document.Passes == Passes
        && document.Cipher == CipherName
        && document.Kind is not null
        && document.Address is not null
        && document.PublicKey is not null
        && document.Salt is not null
        && document.Nonce is not null
        && document.Ciphertext is not null;
}
