using System.Text.Json;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;

namespace Ledger.EndToEnd.Tests.Moving;

/// <summary>Who takes part when a learner moves, and their files: each works by the command line.</summary>
public sealed class MovingCast : IDisposable
{
    public const string North = "north";
    public const string South = "south";
    public const string East = "east";
    public const string West = "west";
    public const string Alice = "alice";
    public const string Guardian = "guardian";

    private readonly TestConsortium consortium;
    private readonly CommandLineOf commands;

    private MovingCast(TestConsortium consortium)
    {
        this.consortium = consortium;
        commands = new CommandLineOf(consortium.ClientHome);
        PasswordFile = FileOf("password");
        using FileStream file = new(PasswordFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write("correct horse\n"u8);
    }

    /// <summary>Of the learner's and the guardian's keys.</summary>
    public string PasswordFile { get; }

    /// <summary>The learner's address, and the guardian's.</summary>
    public string Learner { get; private set; } = string.Empty;

    public string GuardianAddress { get; private set; } = string.Empty;

    public string GuardianPublicKey { get; private set; } = string.Empty;

    public IReadOnlyList<DevnetNode> Nodes => consortium.Nodes;

    /// <summary>Four schools with their indexes and boxes; a learner and a guardian with keys of their own.</summary>
    public static async Task<MovingCast> StartAsync()
    {
        MovingCast cast = new(await TestConsortium.StartAsync("moving"));
        try
        {
            foreach (string school in new[] { North, South, East, West })
            {
                JsonElement profile = await cast.RunAsync(school, "profile", "show", school);
                await cast.RunAsync(school, "institution", "create-index");
                await cast.RunAsync(
                    school, "institution", "publish-endpoint", "box",
                    $"{profile.GetProperty("node").GetString()}#sha256={profile.GetProperty("tlsPin").GetString()}");
            }

            (cast.Learner, _) = await cast.NewPersonAsync(Alice, North);
            (cast.GuardianAddress, cast.GuardianPublicKey) = await cast.NewPersonAsync(Guardian, North);
            return cast;
        }
        catch
        {
            cast.Dispose();
            throw;
        }
    }

    /// <summary>A school's node.</summary>
    public DevnetNode NodeOf(string school) => Nodes.Single(node => node.Key == school);

    /// <summary>Its domain, by which others name it.</summary>
    public string DomainOf(string school) => NodeOf(school).Domain;

    /// <summary>A file that nothing else uses.</summary>
    public string FileOf(string name) => consortium.SpareFolder(name);

    /// <summary>Runs a command; it must succeed.</summary>
    public Task<JsonElement> RunAsync(string who, params string[] arguments) => commands.RunAsync(who, arguments);

    /// <summary>Runs a command; it must be refused, by ledger or node, for this.</summary>
    public async Task RefusedAsync(string code, string who, params string[] arguments)
    {
        (int exit, JsonElement answer) = await commands.TryAsync(who, arguments);
        Assert.That(exit, Is.EqualTo(1).Or.EqualTo(2), $"{who}: {string.Join(' ', arguments)}\n{answer}");
        Assert.That(answer.ToString(), Does.Contain(code));
    }

    /// <summary>Runs a command that ends undecided.</summary>
    public async Task<JsonElement> UndecidedAsync(string who, params string[] arguments)
    {
        (int exit, JsonElement answer) = await commands.TryAsync(who, arguments);
        Assert.That(exit, Is.EqualTo(5), answer.ToString());
        return answer;
    }

    /// <summary>A person's profile at another school's node.</summary>
    public async Task MoveProfileAsync(string who, string school)
    {
        JsonElement at = await RunAsync(school, "profile", "show", school);
        await RunAsync(
            school, "profile", "add", who, "--overwrite",
            "--node", at.GetProperty("node").GetString()!, "--tls-pin", at.GetProperty("tlsPin").GetString()!,
            "--genesis", at.GetProperty("genesis").GetString()!, "--key-file", FileOf(who + ".json"),
            "--password-file", PasswordFile);
    }

    /// <summary>A learning tool of a school hands in statements, one a month from this one on.</summary>
    public async Task PostMonthsAsync(string school, string account, DateTimeOffset first, int months)
    {
        string list = string.Join(',', Enumerable.Range(0, months).Select(month => Statements.InCourse(
            Guid.NewGuid(), account, Statements.Answered, "https://north.example/course/mathematics",
            first.AddMonths(month).ToString("O"))));
        using HttpResponseMessage answer = await Statements.PostAsync(NodeOf(school), $"[{list}]");
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until the ledger counts so many records of a writer, as a school's node tells.</summary>
    public Task AnchoredAsync(string school, string writer, int count)
    {
        string address = AddressOf(writer);
        return Waiting.UntilAsync($"{count} records of {writer} are anchored", async () =>
        {
            (int exit, JsonElement contract) =
                await commands.TryAsync(school, "contract", "writers", Learner, Statements.Answered);
            return exit == 0 && contract.GetProperty("writers").EnumerateArray().Any(row =>
                row.GetProperty("writer").GetString() == address && row.GetProperty("records").GetInt32() == count);
        });
    }

    public string AddressOf(string school) =>
        consortium.Members.Single(member => member.Node.Key == school).Address.ToString();

    /// <summary>The school's node ends.</summary>
    public Task StopAsync(string school) => consortium.StopAsync(
        [.. Enumerable.Range(0, Nodes.Count).Where(place => Nodes[place].Key == school)]);

    public void Dispose() => consortium.Dispose();

    private async Task<(string Address, string PublicKey)> NewPersonAsync(string who, string school)
    {
        string file = FileOf(who + ".json");
        await RunAsync(school, "key", "new", file, "--password-file", PasswordFile);
        JsonElement key = await RunAsync(school, "key", "show", file);
        await MoveProfileAsync(who, school);
        return (key.GetProperty("address").GetString()!, key.GetProperty("publicKey").GetString()!);
    }
}
