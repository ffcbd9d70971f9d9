using System.CommandLine;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Profiles;
using Ledger.Client.Verification;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>What one run of a command works with: profile, key and node, each opened when it is first needed.</summary>
public sealed class Session : IDisposable
{
    private readonly ParseResult parsed;
    private readonly GlobalOptions options;
    private readonly ProgramConsole console;
    private Profile? profile;
    private CallerIdentity? identity;
    private LedgerClient? client;
    private LedgerClient? openClient;
    private LedgerClient? staffClient;

    internal Session(ParseResult parsed, GlobalOptions options, ProgramConsole console, TimeProvider time)
    {
        this.parsed = parsed;
        this.options = options;
        this.console = console;
        Time = time;
        Profiles = ProfileStore.Open(parsed.GetValue(options.Home));
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The profiles.</summary>
    public ProfileStore Profiles { get; }

    /// <summary>The name of the profile in use; throws <see cref="CommandException"/> when there is none.</summary>
    public string ProfileName => parsed.GetValue(options.Profile)
        ?? Profiles.Current
        ?? throw CommandException.WrongUse(
            "No profile is in use. Make one with: ledger profile add, or choose one with: ledger profile use NAME");

    /// <summary>The profile in use.</summary>
    public Profile Profile => profile ??= Profiles.Load(ProfileName);

    /// <summary>The chain of the profile.</summary>
    public Hash256 ChainId => Hash256.TryParse(Profile.ChainId, out Hash256 chainId)
        ? chainId
        : throw new ProfileException($"The chain id of profile {ProfileName} is not 64 hexadecimal digits.");

    /// <summary>The identity of the profile; opens its key, which asks for the password.</summary>
    public CallerIdentity Identity => identity ??= OpenIdentity();

    /// <summary>The address in the open part of the profile's key file, for which no password is needed.</summary>
    public Address OwnAddress => Address.TryParse(SecretFile.ReadHeader(OwnKeyPath).Address, out Address address)
        ? address
        : throw new KeyFileException($"{OwnKeyPath} names no address.");

    private string OwnKeyPath => Profile.KeyFile is { } path
        ? Profiles.Resolve(path)
        : throw CommandException.WrongUse($"Profile {ProfileName} names no key. Make one with: ledger key new FILE");

    /// <summary>The profile's node, with the profile's key for what is not open to anybody.</summary>
    public LedgerClient Client => client ??= new LedgerClient(Endpoint, ChainId, Identity, Time);

    /// <summary>The profile's node, asked by its staff in the name of an institution; for null, as oneself.</summary>
    public LedgerClient ClientOf(Address? institution) => institution is not { } named || named == Identity.Address
        ? Client
        : staffClient ??= new LedgerClient(Endpoint, ChainId, Identity with { InNameOf = named }, Time);

    /// <summary>The profile's node, for what is open to anybody: no key is needed.</summary>
    public LedgerClient OpenClient => openClient ??= new LedgerClient(Endpoint, ChainId, caller: null, Time);

    /// <summary>The profile's node.</summary>
    public NodeEndpoint Endpoint =>
        NodeEndpoint.TryParse(Profile.Node, Profile.TlsPin, out NodeEndpoint? endpoint, out string problem)
        ? endpoint
        : throw new ProfileException($"Profile {ProfileName}: {problem}");

    /// <summary>The path given with <c>--password-file</c>.</summary>
    public string? PasswordFile => parsed.GetValue(options.PasswordFile);

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>The value of a required argument.</summary>
    public T Required<T>(Argument<T> argument) => parsed.GetRequiredValue(argument);

    /// <summary>The value of a required option.</summary>
    public T Required<T>(Option<T> option) => parsed.GetRequiredValue(option);

    /// <summary>
    /// What verification starts from: a checkpoint, else a genesis document, else that of the profile.
    /// </summary>
    public TrustRoot OpenTrust(string? checkpoint, string? genesis)
    {
        if (checkpoint is not null)
        {
            return CheckpointFile.TryRead(File.ReadAllBytes(checkpoint), out TrustRoot? trusted)
                ? trusted
                : throw CommandException.WrongUse($"{checkpoint} is not a checkpoint.");
        }

        string? path = genesis ?? (Profile.Genesis is null ? null : Profiles.Resolve(Profile.Genesis));
        if (path is null)
        {
            throw CommandException.WrongUse("Name what to trust: --checkpoint FILE or --genesis FILE.");
        }

        return TrustRoot.TryFromGenesis(File.ReadAllBytes(path), out TrustRoot? root)
            ? root
            : throw CommandException.WrongUse($"{path} is not a genesis document.");
    }

    /// <summary>
    /// Writes one row at once, for what has no end: with <c>--json</c> an object on a line, else cells with tabs.
    /// </summary>
    public void WriteRow(string[] columns, object?[] cells)
    {
        console.Output.WriteLine(
            parsed.GetValue(options.Json) ? JsonAnswer.WriteRow(columns, cells) : TextAnswer.RowOf(cells));
        console.Output.Flush();
    }

    /// <summary>Whether a bar may show how far a command is: its output goes to a person at a terminal.</summary>
    public bool ShowsProgress => !console.IsPlain && !parsed.GetValue(options.Json);

    /// <summary>A key's password: from the file that is named, else by asking.</summary>
    public Password AskPassword(string? file, string prompt)
    {
        if (file is not null)
        {
            return Password.FromFile(file);
        }

        if (console.PromptSecret is null)
        {
            throw CommandException.WrongUse(
                $"There is no terminal to ask on ({prompt.TrimEnd(' ', ':')}). Use --password-file PATH, or "
                    + "--other-password-file PATH for the other key.");
        }

        char[] typed = console.PromptSecret(prompt);
        try
        {
            return Password.FromCharacters(typed);
        }
        finally
        {
            Array.Clear(typed);
        }
    }

    /// <summary>Opens a key file with a password of its own.</summary>
    public CallerIdentity OpenKey(string path, string? passwordFile)
    {
        SecretFileHeader header = SecretFile.ReadHeader(path);
        using Password password = AskPassword(passwordFile, $"Password of {path}: ");
        SigningKey key = console.OpenKeyFile(path, password);
        return Address.TryParse(header.Address, out Address address)
            ? new CallerIdentity(address, key)
            : throw new KeyFileException($"{path} names no address.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client?.Dispose();
        openClient?.Dispose();
        staffClient?.Dispose();
        identity?.Key.Dispose();
    }

    private CallerIdentity OpenIdentity()
    {
        string? passwordFile =
            PasswordFile ?? (Profile.PasswordFile is null ? null : Profiles.Resolve(Profile.PasswordFile));
        return OpenKey(OwnKeyPath, passwordFile);
    }
}
