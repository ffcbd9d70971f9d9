using System.Collections.Concurrent;
using System.Text.Json;
using Ledger.Client.Keys;
using Ledger.Client.Profiles;
using Ledger.Primitives;

namespace Ledger.CommandLine.Tests.Nodes;

/// <summary>Runs commands of several parties against one fake node, each with a profile and a key file.</summary>
internal sealed class CommandBench : IAsyncDisposable
{
    private const string PasswordName = "password";

    // The password of all benches is one, and so is what stands in the file of a key: its cost is paid once.
    private static readonly ConcurrentDictionary<string, byte[]> KeyFiles = new(StringComparer.Ordinal);

    private readonly ProfileStore profiles;

    private CommandBench(FakeNode node, string home)
    {
        Node = node;
        Home = home;
        profiles = new ProfileStore(home);
        AtomicFile.Write(In(PasswordName), "a password"u8, overwrite: false);
    }

    public FakeNode Node { get; }

    public FakeLedger Ledger => Node.Ledger;

    public string Home { get; }

    /// <summary>A bench with the profile <c>north</c>, the school whose node it is.</summary>
    public static async Task<CommandBench> StartAsync()
    {
        CommandBench bench = new(
            await FakeNode.StartAsync(), Directory.CreateTempSubdirectory("ledger-cli-").FullName);
        bench.AddProfile("north", bench.Ledger.Keys[0]);
        return bench;
    }

    /// <summary>A profile with this key.</summary>
    public void AddProfile(string name, SigningKey key)
    {
        WriteKey(name + ".json", key);
        profiles.Save(
            name,
            new Profile
            {
                Node = Node.Uri,
                ChainId = Node.ChainId.ToString(),
                KeyFile = In(name + ".json"),
                PasswordFile = In(PasswordName),
            },
            overwrite: false);
    }

    /// <summary>A key file under the one password of the bench.</summary>
    public void WriteKey(string name, SigningKey key)
    {
        string whose = $"{key.PublicKey} {key.Address}";
        if (KeyFiles.TryGetValue(whose, out byte[]? made))
        {
            AtomicFile.Write(In(name), made, overwrite: false);
            return;
        }

        using Password password = Password.FromFile(In(PasswordName));
        KeyFile.Write(In(name), key, key.Address, password, overwrite: false);
        KeyFiles[whose] = File.ReadAllBytes(In(name));
    }

    /// <summary>As above, of an encryption key.</summary>
    public void WriteKey(string name, EncryptionKey key, Address owner)
    {
        using Password password = Password.FromFile(In(PasswordName));
        KeyFile.Write(In(name), key, owner, password, overwrite: false);
    }

    /// <summary>Where the bench's password is.</summary>
    public string PasswordFile => In(PasswordName);

    /// <summary>A path in the bench's folder.</summary>
    public string In(string name) => Path.Combine(Home, name);

    /// <summary>A file with a text.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>Runs a command as a profile.</summary>
    public Task<CommandRun> RunAsync(string profile, params string[] line) =>
        CommandRun.OfAsync(Home, [.. line, "--profile", profile]);

    /// <summary>Runs a command that must succeed; answers what it wrote.</summary>
    public async Task<string> DoneAsync(string profile, params string[] line)
    {
        CommandRun run = await RunAsync(profile, line);
        Assert.That(run.Code, Is.Zero, run.Error + run.Output);
        return run.Output;
    }

    /// <summary>As above with <c>--json</c>; answers the object.</summary>
    public async Task<JsonElement> JsonAsync(string profile, params string[] line)
    {
        using JsonDocument json = JsonDocument.Parse(await DoneAsync(profile, [.. line, "--json"]));
        return json.RootElement.Clone();
    }

    /// <summary>Runs a command that the ledger refuses with a code; nothing changes but the receipt.</summary>
    public async Task RefusedAsync(string code, string profile, params string[] line)
    {
        CommandRun run = await RunAsync(profile, line);
        Assert.That(run.Code, Is.EqualTo((int)Hosting.ExitCode.Refused), run.Error + run.Output);
        Assert.That(run.Output, Does.Contain(code));
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        Directory.Delete(Home, recursive: true);
    }
}
