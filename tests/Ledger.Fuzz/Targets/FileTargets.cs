using System.Security.Cryptography;
using Ledger.Client.Keys;
using Ledger.Client.Profiles;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.Node.Commands;
using Ledger.Node.Configuration;
using Ledger.Primitives;
using NSec.Cryptography;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Files that a person or another program may have damaged.</summary>
internal static class FileTargets
{
    private const string PasswordText = "correct horse battery staple";

    public static IEnumerable<FuzzTarget> All() =>
        [KeyFiles(), OpenedKeyFiles(), ProfileTarget(), TransactionFiles(), Configuration(), Cards(), Credentials(),
            Passwords(), GenesisFiles()];

    private static FuzzTarget KeyFiles() => File(
        "key-file",
        "key.json",
        [KeyFileBytes()],
        static path => Takes<KeyFileException>(() => SecretFile.ReadHeader(path)),
        new Decoder(typeof(SecretFile), nameof(SecretFile.ReadHeader)));

    // Argon2id with 64 MiB would make a million inputs a day's work: a key of the salt alone stands for it, and every
    // other step is the file's own.
    private static FuzzTarget OpenedKeyFiles() => File(
        "key-file-opened",
        "key.json",
        [OpenedBytes(KeyFile.SigningKind), OpenedBytes(KeyFile.EncryptionKind)],
        static path => Takes<KeyFileException>(() =>
        {
            if (SecretFile.ReadHeader(path).Kind == KeyFile.EncryptionKind)
            {
                KeyFile.OpenEncryptionKey(path, KeyOfSalt).Dispose();
            }
            else
            {
                KeyFile.OpenSigningKey(path, KeyOfSalt).Dispose();
            }
        }),
        new Decoder(typeof(SecretFile), nameof(SecretFile.Open)),
        new Decoder(typeof(KeyFile), nameof(KeyFile.OpenSigningKey)),
        new Decoder(typeof(KeyFile), nameof(KeyFile.OpenEncryptionKey)));

    private static byte[] KeyFileBytes() => Written("key.json", static path =>
    {
        using Password password = Password.FromCharacters(PasswordText);
        SigningKey key = LedgerSamples.Chain.School;
        KeyFile.Write(path, key, key.Address, password, overwrite: true);
    });

    private static byte[] OpenedBytes(string kind) => Written("key.json", path =>
    {
        SigningKey owner = LedgerSamples.Chain.School;
        using EncryptionKey other = EncryptionKey.FromSecret(Enumerable.Repeat((byte)7, 32).ToArray());
        bool signs = kind == KeyFile.SigningKind;
        SecretFile.Write(
            path,
            new SecretFileHeader(
                kind,
                owner.Address.ToString(),
                signs ? owner.PublicKey.ToString() : Convert.ToHexStringLower(other.PublicKey)),
            new Dictionary<string, byte[]>(StringComparer.Ordinal)
            {
                ["secret"] = signs ? owner.ExportSecret() : other.ExportSecret(),
            },
            KeyOfSalt,
            overwrite: true);
    });

    private static Key KeyOfSalt(byte[] salt) =>
        Key.Import(AeadAlgorithm.XChaCha20Poly1305, SHA256.HashData(salt), KeyBlobFormat.RawSymmetricKey);

    private static FuzzTarget ProfileTarget() => File(
        "profile",
        Path.Combine("profiles", "fuzz.json"),
        [
            Written(Path.Combine("profiles", "fuzz.json"), static path => StoreOf(path).Save(
                "fuzz",
                new Profile { Node = "https://127.0.0.1:7101", ChainId = new string('a', 64), Lrs = "https://x/xapi" },
                overwrite: true)),
        ],
        static path => Takes<ProfileException>(() =>
            FuzzViolation.Unless(StoreOf(path).Load("fuzz").Node is not null, "a profile without a node")),
        new Decoder(typeof(ProfileStore), nameof(ProfileStore.Load)));

    private static ProfileStore StoreOf(string path) => new(Path.GetDirectoryName(Path.GetDirectoryName(path))!);

    private static FuzzTarget TransactionFiles() => File(
        "transaction-file",
        "move.tx",
        [
            Written("move.tx", static path => TransactionFile.Write(
                path, LedgerSamples.Transaction(LedgerSamples.Calls()[..3]), overwrite: true)),
        ],
        static path => Takes<FormatException>(() => TransactionFile.Read(path)),
        new Decoder(typeof(TransactionFile), nameof(TransactionFile.Read)),
        new Decoder(typeof(TransactionFile), "Parse"));

    private static FuzzTarget Configuration() => File(
        "node-configuration",
        NodeConfiguration.FileName,
        [
            Written(NodeConfiguration.FileName, static path => new NodeConfiguration
            {
                Name = "School 1",
                Domain = "school1.example",
                PeerListen = "127.0.0.1:7101",
                ApiListen = "[::1]:7201",
                LrsListen = "0.0.0.0:7301",
                TrustedChainId = new string('a', 64),
                Bootstrap = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    [LedgerSamples.Chain.School.Address.ToString()] = "https://127.0.0.1:7101",
                },
                Home = Path.GetDirectoryName(path)!,
            }.Save()),
        ],
        static path => Takes<ConfigurationException>(() =>
        {
            NodeConfiguration read = NodeConfiguration.Load(Path.GetDirectoryName(path)!);
            ListenAddress.Parse(read.PeerListen, "peerListen");
            ListenAddress.Parse(read.ApiListen, "apiListen");
            ListenAddress.Parse(read.LrsListen, "lrsListen");
            NodeSamples.Directory(read.Bootstrap);
        }),
        new Decoder(typeof(NodeConfiguration), nameof(NodeConfiguration.Load)),
        new Decoder(typeof(ListenAddress), nameof(ListenAddress.Parse)),
        new Decoder(typeof(Node.Hosting.LedgerPeerDirectory), "ParseAddress"),
        new Decoder(typeof(Node.Hosting.LedgerPeerDirectory), "ParseEndpoint"));

    private static FuzzTarget Cards()
    {
        Func<string, Contracts.Protos.Founder> read = Hidden.Method<Func<string, Contracts.Protos.Founder>>(
            typeof(FoundCommand), "ReadCard");
        string key = LedgerSamples.Chain.School.PublicKey.ToString();
        return File(
            "founder-card",
            FounderCard.FileName,
            [
                System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                    new FounderCard("School 1", "school1.example", key, key, key, "https://127.0.0.1:7101"),
                    NodeConfigurationJson.Default.FounderCard),
            ],
            path => Takes<ConfigurationException>(() => read(path)),
            new Decoder(typeof(FoundCommand), "ReadCard"));
    }

    private static FuzzTarget Credentials()
    {
        Func<string, (string User, string Password)> read =
            Hidden.Method<Func<string, (string User, string Password)>>(typeof(StoreCredentials), "ReadBoth");
        return File(
            "store-credentials",
            "lrs-credentials.json",
            [LedgerSamples.Utf8("""{"key":"moodle","secret":"s3cret"}""")],
            path => Takes<CommandException>(() =>
            {
                (string user, string password) = read(path);
                FuzzViolation.Unless(user is not null && password is not null, "taken without a name or a password");
            }),
            new Decoder(typeof(StoreCredentials), "ReadBoth"),
            new Decoder(typeof(StoreCredentials), nameof(StoreCredentials.Read)));
    }

    private static FuzzTarget Passwords() => File(
        "password-file",
        "password",
        [LedgerSamples.Utf8(PasswordText + "\n"), LedgerSamples.Utf8("short\r\n")],
        static path => Takes<KeyFileException>(() => Password.FromFile(path).Dispose()),
        new Decoder(typeof(Password), nameof(Password.FromFile))) with { Kind = InputKind.Text };

    private static FuzzTarget GenesisFiles() => File(
        "genesis-file",
        "genesis.ledger",
        [LedgerSamples.Chain.GenesisBytes],
        static path => Takes<ConfigurationException>(() => GenesisFile.Require(GenesisFile.Read(path))),
        new Decoder(typeof(GenesisFile), nameof(GenesisFile.Read))) with { Kind = InputKind.Protobuf };

    internal static byte[] Written(string fileName, Action<string> write)
    {
        string folder = FileSession.NewFolder();
        string path = Path.Combine(folder, fileName);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        write(path);
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        System.IO.Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
