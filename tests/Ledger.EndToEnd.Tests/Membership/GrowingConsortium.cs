using System.Globalization;
using System.Net;
using System.Text.Json;
using Ledger.Client.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Membership;

/// <summary>
/// A consortium that institutions join and leave, worked with as administrators do: by the command line.
/// </summary>
public sealed class GrowingConsortium : IDisposable
{
    private readonly TestFolder folder;
    private readonly LocalConsortium consortium;
    private readonly Dictionary<string, Member> members = new(StringComparer.Ordinal);

    private GrowingConsortium(TestFolder folder, LocalConsortium consortium)
    {
        this.folder = folder;
        this.consortium = consortium;
    }

    /// <summary>All nodes, the founders first.</summary>
    public IReadOnlyList<DevnetNode> Nodes => consortium.Plan.Nodes;

    public string GenesisFile => consortium.Plan.GenesisFile;

    private CommandLineOf Commands => new(consortium.Plan.ClientHome);

    public static async Task<GrowingConsortium> StartAsync(string what)
    {
        TestFolder folder = new(what);
        try
        {
            LocalConsortium made = await LocalConsortium.CreateAsync(
                DevnetPlan.New(folder.File("consortium"), DevnetPlan.NodesMin, _ => IPAddress.Loopback));
            await made.StartAsync(detached: false);
            return new GrowingConsortium(folder, made);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A file of the consortium's folder that nothing else uses.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>A client of a node with its institution's key.</summary>
    public Member MemberOf(DevnetNode node)
    {
        if (!members.TryGetValue(node.Key, out Member? member))
        {
            member = Member.Of([node])[0];
            members[node.Key] = member;
        }

        return member;
    }

    /// <summary>Where a node stands; it must answer.</summary>
    public async Task<NodeStatus> StatusAsync(DevnetNode node) =>
        await Heads.StatusAsync(MemberOf(node)) ?? throw new AssertionException($"{node.Name} does not answer");

    /// <summary>
    /// A new institution registers through a member's node, is voted in by all members, and its own node follows.
    /// </summary>
    public async Task<DevnetNode> JoinAsync(params DevnetNode[] voters)
    {
        DevnetNode node = await AddAsync();
        string guest = GuestOf(node, voters[0]);
        await RunAsync(guest, "institution", "register", "--name", node.Name, "--domain", node.Domain);
        await VoteAsync(voters, "institution", "vote", node.Domain, "--approve");
        await RunAsync(guest, "institution", "publish-endpoint", "peer", "https://" + node.Peer);
        await StartTrustingAsync(node, voters[0]);
        return node;
    }

    /// <summary>Lets a new node join with the head of a member's node, and starts it.</summary>
    public async Task StartTrustingAsync(DevnetNode node, DevnetNode trusted)
    {
        await ReachesAsync(trusted, 1);
        NodeStatus head = await StatusAsync(trusted);
        await consortium.JoinAsync(node, $"{head.Height}:{new Hash256(head.HeadHash.Span)}");
        await StartAsync(node);
    }

    /// <summary>Makes a node for one more institution, and does not start it.</summary>
    public Task<DevnetNode> AddAsync() => consortium.AddAsync(IPAddress.Loopback);

    /// <summary>A profile with an institution's key at another's node.</summary>
    public string GuestOf(DevnetNode owner, DevnetNode host)
    {
        string name = owner.Key + "-at-" + host.Key;
        consortium.WriteProfile(name, host, owner);
        return name;
    }

    /// <summary>Waits until a node has the block of a height.</summary>
    public Task ReachesAsync(DevnetNode node, ulong height) => Waiting.UntilAsync(
        string.Create(CultureInfo.InvariantCulture, $"{node.Name} reaches height {height}"),
        async () => (await Heads.StatusAsync(MemberOf(node)))?.Height >= height);

    /// <summary>Waits until a node votes.</summary>
    public Task VotesAsync(DevnetNode node) => Waiting.UntilAsync(
        $"{node.Name} votes",
        async () => (await Heads.StatusAsync(MemberOf(node)))?.Standing == Standing.Voting);

    /// <summary>Proposes a change, has it voted through, and answers its number.</summary>
    public async Task<string> ApproveAsync(DevnetNode proposer, DevnetNode[] voters, params string[] change)
    {
        JsonElement proposed = await RunAsync(proposer.Key, ["member", "propose", .. change]);
        string number = proposed.GetProperty("change").GetUInt64().ToString(CultureInfo.InvariantCulture);
        await VoteAsync(voters, "member", "vote", number, "approve");

        // Those who voted know how it ended; the proposer's node may be a block behind them.
        NodeStatus?[] voted = await Task.WhenAll(voters.Select(voter => Heads.StatusAsync(MemberOf(voter))));
        await ReachesAsync(proposer, voted.Max(status => status?.Height ?? 0));
        return number;
    }

    // The ballot ends with the vote that decides it: who comes later is told so.
    private async Task VoteAsync(DevnetNode[] voters, params string[] vote)
    {
        foreach (DevnetNode voter in voters)
        {
            (int code, JsonElement answer) = await TryAsync(voter.Key, vote);
            if (code != 0)
            {
                Assert.That(
                    answer.ToString(), Does.Contain("NO_OPEN_BALLOT"), $"{voter.Name}: {string.Join(' ', vote)}");
                break;
            }
        }
    }

    /// <summary>Activates a change, waiting for those who are not ready yet.</summary>
    public Task<JsonElement> ActivateAsync(DevnetNode by, string change) =>
        RunAsync(by.Key, "member", "activate", change, "--wait", "60");

    /// <summary>Writes the card of a node's newest vote key, and answers where it is.</summary>
    public static async Task<string> CardAsync(DevnetNode node)
    {
        (await ProgramRun.NodeAsync("vote-key", "card", "--home", node.Home)).Done();
        return Path.Combine(node.Home, "vote-key.json");
    }

    /// <summary>A block through a node that waits for it; answers its transaction and height.</summary>
    public async Task<(Hash256 Id, ulong Height)> DecideAsync(DevnetNode node)
    {
        Member member = MemberOf(node);
        Hash256 id = (await member.DecideAsync([member.Key], Client.Transactions.Operations.Settle())).Id;
        return (id, (await member.Client.GetOutcomeAsync(id, CancellationToken.None)).Height);
    }

    /// <summary>Runs the command line with a profile; it must succeed.</summary>
    public Task<JsonElement> RunAsync(string profile, params string[] arguments) =>
        Commands.RunAsync(profile, arguments);

    /// <summary>Runs the command line with a profile; answers its exit code and what it wrote.</summary>
    public Task<(int Code, JsonElement Answer)> TryAsync(string profile, params string[] arguments) =>
        Commands.TryAsync(profile, arguments);

    public Task KillAsync(DevnetNode node) => consortium.StopAsync(node, kill: true);

    public Task StopAsync(DevnetNode node) => consortium.StopAsync(node, kill: false);

    /// <summary>Starts a node that does not run, and writes its profile.</summary>
    public async Task StartAsync(DevnetNode node)
    {
        await consortium.StartAsync(node);
        consortium.WriteProfile(node.Key, node, node);
    }

    public void Dispose()
    {
        foreach (Member member in members.Values)
        {
            member.Dispose();
        }

        folder.Dispose();
    }
}
