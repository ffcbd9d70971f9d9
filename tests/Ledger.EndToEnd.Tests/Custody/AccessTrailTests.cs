using System.Diagnostics;
using System.Text;
using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Trail;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Sharing;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;
using Microsoft.Data.Sqlite;

namespace Ledger.EndToEnd.Tests.Custody;

/// <summary>The learner sees who asked, who was let in, and who read; nobody else does.</summary>
public sealed class AccessTrailTests
{
    private const int RecordCount = 3;
    private const string Canary = "CANARY-purpose-7f3a91";
    private const string Activity = "/mod/page/view.php";

    private TestConsortium consortium = null!;
    private SharingCast cast = null!;
    private EncryptionKey key = null!;
    private LedgerClient[] asLearner = null!;
    private List<(AccessAct Act, Hash256 Transaction)> acts = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        consortium = await TestConsortium.StartAsync("trail");
        cast = new SharingCast(consortium);
        await cast.EnrolAsync();
        key = EncryptionKey.Create();
        await cast.North.DecideAsync([cast.Learner], Operations.PublishEncryptionKey(key.PublicKey));
        string[] ids = await cast.PostAsync(Statements.Viewed, RecordCount);
        await Task.WhenAll(ids.Select(cast.AnchoredAsync));
        asLearner = [.. consortium.Members.Select(member => LocalConsortium.ClientOf(
            LocalConsortium.Ready(member.Node)!, new CallerIdentity(cast.Learner.Address, cast.Learner)))];
    }

    [OneTimeTearDown]
    public void Stop()
    {
        foreach (LedgerClient client in asLearner ?? [])
        {
            client.Dispose();
        }

        key?.Dispose();
        cast?.Dispose();
        consortium?.Dispose();
    }

    [Test]
    public async Task The_access_log_is_the_ledgers_and_the_learners_alone()
    {
        await HappenAsync();
        IReadOnlyList<TrailRead> reads = await TrailAsync();
        AccessPage log = await asLearner[1].ListAccessAsync(
            new AccessRequest { Learner = Field(cast.Learner.Address) }, CancellationToken.None);

        Assert.That(log.Entries.Select(entry => entry.Act), Is.EqualTo(acts.Select(act => act.Act)));
        foreach ((AccessEntry entry, (AccessAct Act, Hash256 Transaction) act) in log.Entries.Zip(acts))
        {
            Client.Protos.Outcome outcome =
                await cast.North.Client.GetOutcomeAsync(act.Transaction, CancellationToken.None);
            Assert.That(entry.Height, Is.EqualTo(outcome.Height), act.Act.ToString());
            Assert.That(entry.Verb, Is.EqualTo(Statements.Viewed));
        }

        Assert.That(reads, Has.Count.EqualTo(2));
        foreach (TrailRead read in reads)
        {
            Assert.That(read.Problem, Is.Empty);
            Assert.That(read.Content!.Reader, Is.EqualTo(Field(cast.East.Address)));
            Assert.That(read.Content.Purpose, Is.EqualTo(Canary));
            Assert.That(read.Content.Records, Is.EqualTo(RecordCount));
            Assert.That(read.Content.Grants, Is.EqualTo(new ulong[] { 1 }));
            Assert.That(read.Leaf.Institution, Is.EqualTo(Field(cast.North.Address)));
            Assert.That(read.Leaf.Height, Is.GreaterThan(read.Content.Height));
        }

        await NobodyElseListsItAsync();
        // The school that wrote the records has them, and so their activities, in clear.
        RequireNoCanary(cast.South.Node, Canary, Activity);
        RequireNoCanary(cast.North.Node, Canary);
        foreach (TrailRead read in reads)
        {
            await RequireNoReaderAsync(read.Leaf.Height);
        }

        await AHiddenReadIsToldAsync(reads[0]);
    }

    // The learner's own read is answered and not entered; East reads twice, the second time the revocation has come.
    private async Task HappenAsync()
    {
        acts = [];
        Address learner = cast.Learner.Address;
        Rights reading = new() { Read = true };
        await ActAsync(AccessAct.Requested, cast.South.Key, Operations.LlpcRequest(
            learner, Statements.Viewed, reading, []));
        await ActAsync(AccessAct.Denied, cast.Learner, Operations.LlpcDeny(learner, Statements.Viewed, 1));
        await ActAsync(AccessAct.Granted, cast.Learner, Operations.LlpcGrant(
            learner, Statements.Viewed, cast.East.Address, reading, 0, 0, []));
        Stopwatch clock = Stopwatch.StartNew();
        await ReadAsync(new CallerIdentity(learner, cast.Learner));
        TimeSpan own = clock.Elapsed;
        clock.Restart();
        await ReadAsync(new CallerIdentity(cast.East.Address, cast.East.Key));
        TimeSpan first = clock.Elapsed;
        clock.Restart();
        await ReadAsync(new CallerIdentity(cast.East.Address, cast.East.Key));
        TestContext.Out.WriteLine(
            $"own read {own.TotalMilliseconds:F0} ms, entered {first.TotalMilliseconds:F0} ms, "
            + $"once more {clock.Elapsed.TotalMilliseconds:F0} ms");
        await ActAsync(AccessAct.Revoked, cast.Learner, Operations.LlpcRevoke(learner, Statements.Viewed, 1));
        await Assert.ThrowsAsync<LedgerClientException>(
            () => ReadAsync(new CallerIdentity(cast.East.Address, cast.East.Key)));
    }

    private async Task ActAsync(AccessAct act, SigningKey actor, Operation operation) =>
        acts.Add((act, (await cast.North.DecideAsync([actor], operation)).Id));

    private async Task ReadAsync(CallerIdentity reader)
    {
        BoxReading reading = await new BoxReader(reader, cast.Trust).ReadAsync(
            cast.North.Client,
            cast.North.Key.PublicKey,
            new BoxQuery(cast.North.Address, cast.Learner.Address, Statements.Viewed) { Purpose = Canary },
            CancellationToken.None);
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(RecordCount));
    }

    private Task<IReadOnlyList<TrailRead>> TrailAsync() => new TrailReader(
        asLearner[1],
        cast.Trust,
        key,
        (box, _) => Task.FromResult(box == cast.North.Address ? asLearner[0] : null))
        .ReadAsync(cast.Learner.Address, CancellationToken.None);

    private async Task NobodyElseListsItAsync()
    {
        foreach (Member member in consortium.Members)
        {
            TrailRequest trail = new() { Learner = Field(cast.Learner.Address) };
            AccessRequest access = new() { Learner = Field(cast.Learner.Address) };
            TrailContentRequest content = new() { Learner = Field(cast.Learner.Address) };
            content.Commitments.Add(ByteString.CopyFrom(new byte[32]));
            foreach (Func<Task> ask in new Func<Task>[]
            {
                () => member.Client.ListTrailAsync(trail, CancellationToken.None),
                () => member.Client.ListAccessAsync(access, CancellationToken.None),
                () => member.Client.OpenTrailAsync(content, CancellationToken.None),
            })
            {
                LedgerClientException refusal = (await Assert.ThrowsAsync<LedgerClientException>(() => ask()))!;
                Assert.That(refusal.Message, Does.Contain("NOT_YOURS"));
            }
        }
    }

    // What a read was about is sealed: even at the box itself its purpose rests in no file in clear.
    private static void RequireNoCanary(DevnetNode node, params string[] canaries)
    {
        foreach (string file in Directory.EnumerateFiles(node.Home, "*", SearchOption.AllDirectories)
            .Where(static file => new FileInfo(file).Length > 0))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            foreach (string canary in canaries)
            {
                Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)), Is.EqualTo(-1), file);
            }
        }
    }

    // The block that enters a read has its commitment, and not who read.
    private async Task RequireNoReaderAsync(ulong height)
    {
        BlockView block = await cast.South.Client.GetBlockAsync(height, withTransactions: true, CancellationToken.None);
        byte[] bytes = block.ToByteArray();
        Assert.That(block.Transactions, Is.Not.Empty);
        Assert.That(bytes.AsSpan().IndexOf(cast.North.Address.ToArray()), Is.Not.Negative, "who serves is open");
        Assert.That(bytes.AsSpan().IndexOf(cast.East.Address.ToArray()), Is.Negative, $"block {height}");
    }

    private async Task AHiddenReadIsToldAsync(TrailRead read)
    {
        SqliteConnectionStringBuilder settings = new()
        {
            DataSource = Path.Combine(cast.North.Node.Home, "records", "trail.sqlite"),
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 10,
        };
        using (SqliteConnection connection = new(settings.ToString()))
        {
            connection.Open();
            using SqliteCommand hide = connection.CreateCommand();
            hide.CommandText = "DELETE FROM entries WHERE commitment = $commitment";
            hide.Parameters.AddWithValue("$commitment", read.Leaf.Commitment.ToByteArray());
            Assert.That(hide.ExecuteNonQuery(), Is.EqualTo(1));
        }

        IReadOnlyList<TrailRead> reads = await TrailAsync();
        Assert.That(reads, Has.Count.EqualTo(2));
        Assert.That(reads[0].Content, Is.Null);
        Assert.That(reads[0].Problem, Does.Contain("does not show"));
        Assert.That(reads[1].Content, Is.Not.Null);
    }

    private static ByteString Field(Address address) => ByteString.CopyFrom(address.ToArray());
}
