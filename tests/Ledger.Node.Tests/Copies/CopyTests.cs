using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Api;
using Ledger.Node.Box;
using Ledger.Node.Copies;
using Ledger.Node.Granted;
using Ledger.Node.Tests.Box;
using Ledger.Node.Tests.Records;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ledger.Node.Tests.Copies;

/// <summary>East keeps copies of what it reads at North's box, each once, and no longer than its right lasts.</summary>
public sealed class CopyTests
{
    private const int Records = 4;
    private const long Day = 24L * 60 * 60 * 1_000;

    private BoxBench bench = null!;
    private CallerAuthentication callers = null!;
    private CopyStore store = null!;
    private GrantedCopiesService service = null!;
    private Action? beforeAnswer;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records);
        beforeAnswer = null;
        bench.Decide(
            [bench.North],
            Operations.PublishEndpoint(EndpointKind.Box, "https://north.example:7443#sha256=" + new string('a', 64)));
        callers = new CallerAuthentication(
            bench.Ledger.ChainId, bench.East.Address, bench.Chain, Ed25519Verifier.Instance, bench.Clock);
        Open();
    }

    [TearDown]
    public void End()
    {
        store.Dispose();
        bench.Dispose();
    }

    [Test]
    public async Task Granted_records_are_kept_once_served_with_their_origin_and_still_there_after_a_restart()
    {
        bench.Grant(bench.East);
        CopiesKept first = await KeepAsync();
        CopiesKept second = await KeepAsync();
        Open();

        Assert.That((first.Records, first.Added), Is.EqualTo(((uint)Records, (uint)Records)));
        Assert.That((second.Records, second.Added), Is.EqualTo(((uint)Records, 0u)));
        GrantedAnswer served = await ServedAsync();
        Assert.That(served.Records.Select(static one => one.Writer), Is.All.EqualTo(bench.North.Address));
        Assert.That(served.Records.Select(static one => one.Record.Leaf.Index), Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
        Assert.That(
            Client.Verification.ProofVerifier.Verify(served.Records[0].Receipt(), bench.Trust).Verdict,
            Is.EqualTo(Client.Verification.Verdict.Passed));
        Assert.That((await ServedAsync(new BoxFilter { Ids = { Statements.Id(2) } })).Records, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_revocation_ends_the_copies_at_once_and_removes_them()
    {
        bench.Grant(bench.East);
        await KeepAsync();
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));

        Assert.That((await ServedAsync()).Records, Is.Empty, "before they are removed");
        Assert.That(Keeper().Sweep(), Is.EqualTo(Records));
        Assert.That(store.Groups(), Is.Empty);
        Assert.That(Keeper().Sweep(), Is.Zero);
        Assert.That(Acts(), Is.EqualTo(new[] { ("ended", (ulong)Records), ("kept", (ulong)Records) }));
        Assert.That(
            File.ReadAllBytes(bench.FileOf("copies")).AsSpan().IndexOf("lms.example.org"u8), Is.Negative,
            "What was removed is out of the file.");
    }

    [Test]
    public async Task A_grant_that_ends_by_time_takes_its_copies_along_though_no_block_closed_it()
    {
        bench.Grant(bench.East, endUnixMs: bench.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds());
        await KeepAsync();
        Assert.That(Keeper().Sweep(), Is.Zero);
        bench.Wait(TimeSpan.FromMinutes(2));
        Assert.That((await ServedAsync()).Records, Is.Empty);
        Assert.That(Keeper().Sweep(), Is.EqualTo(Records));
    }

    [Test]
    public async Task Copies_by_a_grant_with_limits_end_with_that_grant_or_with_their_retention()
    {
        LimitsOpening opening = LimitsCommitment.Open(new GrantLimits { RetentionDays = 3 });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(opening).ToArray());
        RpcException? unopened = await Assert.ThrowsAsync<RpcException>(() => KeepAsync());
        Assert.That(unopened!.Status.Detail, Does.Contain("LIMITS_NOT_SHOWN"));
        await KeepAsync(opening);
        Assert.That(store.Groups().Single().Group.Grant, Is.EqualTo(1));

        bench.Wait(TimeSpan.FromMilliseconds((3 * Day) - 5_000));
        Assert.That(Keeper().Sweep(), Is.Zero);
        bench.Wait(TimeSpan.FromSeconds(10));
        Assert.That((await ServedAsync()).Records, Is.Empty);
        Assert.That(Keeper().Sweep(), Is.EqualTo(Records));
        Assert.That(Acts()[0].What, Is.EqualTo("retention"));

        await KeepAsync(opening);
        LimitsOpening another = LimitsCommitment.Open(new GrantLimits { Activities = { "urn:another" } });
        bench.Grant(bench.East, limits: LimitsCommitment.Of(another).ToArray());
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        Assert.That(Keeper().Sweep(), Is.EqualTo(Records), "Another grant with limits does not keep them.");
    }

    [Test]
    public async Task What_is_revoked_while_it_is_read_is_not_kept()
    {
        bench.Grant(bench.East);
        beforeAnswer = () => bench.Decide(
            [bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        RpcException? refused = await Assert.ThrowsAsync<RpcException>(() => KeepAsync());
        Assert.That(refused!.Status.Detail, Does.Contain("NO_RIGHT"));
        Assert.That(store.Groups(), Is.Empty);
    }

    [Test]
    public async Task What_is_erased_between_the_answer_and_the_keeping_is_not_kept()
    {
        bench.Upgrade();
        bench.Grant(bench.East);
        beforeAnswer = () => bench.Erase(2, 1);

        await KeepAsync();

        Assert.That(
            Enumerable.Range(0, Records).Select(at => store.Has(bench.Llpc, bench.North.Address, (ulong)at)),
            Is.EqualTo(new[] { true, false, true, true }));
    }

    [Test]
    public async Task A_box_that_lies_or_refuses_leaves_nothing_behind()
    {
        Assert.That(
            (await Assert.ThrowsAsync<RpcException>(() => KeepAsync()))!.Status.Detail, Does.Contain("NO_RIGHT"));
        bench.Grant(bench.East);
        bench.Source.Change = static record => record with { Salt = new byte[32] };
        RpcException? lied = await Assert.ThrowsAsync<RpcException>(() => KeepAsync());
        Assert.That(lied!.Status.Detail, Does.Contain("NOT_VERIFIED"));
        Assert.That(store.Groups(), Is.Empty);
    }

    [Test]
    public async Task The_institution_alone_keeps_lists_and_drops()
    {
        bench.Grant(bench.East);
        await KeepAsync();
        CopiesToDrop drop = new() { Learner = bench.Learner.Address.ToField() };
        foreach (SigningKey other in new[] { bench.North, bench.Learner })
        {
            await Assert.ThrowsAsync<RpcException>(() => service.Drop(drop, Call(other)));
            await Assert.ThrowsAsync<RpcException>(() => service.ListCopies(new CopiesQuery(), Call(other)));
            await Assert.ThrowsAsync<RpcException>(() => service.Keep(Wanted(), Call(other)));
        }

        CopyList list = await service.ListCopies(new CopiesQuery(), Call(bench.East));
        Assert.That(list.Groups.Single().Records, Is.EqualTo(Records));
        CopiesDropped dropped = await service.Drop(drop, Call(bench.East));
        Assert.That(dropped.Records, Is.EqualTo(Records));
        Assert.That(Acts()[0], Is.EqualTo(("dropped", (ulong)Records)));
    }

    [Test]
    public async Task The_keeper_removes_by_itself_what_a_block_has_ended()
    {
        bench.Grant(bench.East);
        await KeepAsync();
        await using CopyKeeper keeper = Keeper();
        TaskCompletionSource<long> removed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        keeper.Removed += removed.SetResult;
        keeper.Start();
        bench.Decide([bench.Learner], Operations.LlpcRevoke(bench.Learner.Address, BoxBench.Verb, 1));
        Assert.That(await removed.Task.WaitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(Records));
    }

    // The process may end before or after a write: what is in the files then is whole, and a second try adds the rest.
    [Test]
    public async Task Files_as_a_kill_leaves_them_hold_all_of_a_read_or_nothing()
    {
        bench.Grant(bench.East);
        string before = Copy("before");
        await KeepAsync();
        string after = Copy("after");
        using CopyStore empty = new(before, bench.Keys);
        using CopyStore whole = new(after, bench.Keys);
        Assert.That(empty.Groups(), Is.Empty);
        Assert.That(whole.Groups().Single().Records, Is.EqualTo(Records));
        Assert.That(whole.Journal(10), Has.Count.EqualTo(1));
        KeptCopy[] again = [.. whole.Find(bench.Learner.Address, null, 0)];
        Assert.That(whole.Keep(again, 1), Is.Zero);
        Assert.That(empty.Keep(again, 1), Is.EqualTo(Records));
    }

    private void Open()
    {
        store?.Dispose();
        store = new CopyStore(bench.FileOf("copies"), bench.Keys);
        GrantedReader reader = new(
            bench.Ledger.ChainId, bench.East, bench.Trust, bench.Chain,
            new GrantedSources(bench.East.Address, bench.Blocks, static _ => []),
            async (_, request, _) =>
            {
                BoxReply reply = await bench.Box.AnswerAsync(request, CancellationToken.None);
                beforeAnswer?.Invoke();
                return reply.Answer
                    ?? throw new LedgerClientException(ClientFailure.Refused, reply.Refusal!.ToString());
            },
            bench.Clock);
        service = new GrantedCopiesService(
            bench.East.Address, callers, bench.Chain, bench.Blocks, reader, store, bench.Clock);
    }

    private CopyKeeper Keeper() => new(
        bench.East.Address, bench.Chain, store, bench.Clock, NullLogger.Instance);

    private string Copy(string name)
    {
        string target = bench.FileOf(name);
        foreach (string suffix in new[] { "", "-wal" }.Where(suffix => File.Exists(bench.FileOf("copies") + suffix)))
        {
            File.Copy(bench.FileOf("copies") + suffix, target + suffix);
        }

        return target;
    }

    private (string What, ulong Records)[] Acts() =>
        [.. store.Journal(10).Select(static entry => (entry.What, (ulong)entry.Records))];

    private CopiesToKeep Wanted(params LimitsOpening[] openings)
    {
        CopiesToKeep copies = new()
        {
            Learner = bench.Learner.Address.ToField(), Box = bench.North.Address.ToField(), Verbs = { BoxBench.Verb },
        };
        copies.Openings.AddRange(openings);
        return copies;
    }

    private Task<CopiesKept> KeepAsync(params LimitsOpening[] openings) =>
        service.Keep(Wanted(openings), Call(bench.East));

    private Task<GrantedAnswer> ServedAsync(BoxFilter? filter = null) =>
        new CopyReader(bench.East.Address, bench.Chain, store, bench.Clock).ReadAsync(
            new GrantedQuery(bench.Learner.Address, null, filter, 0, GrantedQuery.LimitMax, true), "tool",
            CancellationToken.None);

    private CallContext Call(SigningKey caller)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = caller.Address.ToField(),
            PublicKey = caller.PublicKey.ToField(),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(caller.Sign(
                CallerMessages.Digest(bench.Ledger.ChainId, bench.East.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
