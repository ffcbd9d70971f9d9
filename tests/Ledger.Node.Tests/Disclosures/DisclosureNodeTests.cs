using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Api;
using Ledger.Node.Disclosures;
using Ledger.Node.Tests.Box;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;
using Microsoft.AspNetCore.Http;

namespace Ledger.Node.Tests.Disclosures;

/// <summary>A learner shares what it shows by a link, until it ends or the learner withdraws it.</summary>
public sealed class DisclosureNodeTests
{
    private const int Records = 4;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private BoxBench bench = null!;
    private CallerAuthentication callers = null!;
    private DisclosureShelf shelf = null!;
    private DisclosureNodeService service = null!;

    [SetUp]
    public void Begin()
    {
        bench = new BoxBench(Records);
        callers = new CallerAuthentication(
            bench.Ledger.ChainId, bench.North.Address, bench.Chain, Ed25519Verifier.Instance, bench.Clock);
        Open();
    }

    [TearDown]
    public void End()
    {
        shelf.Dispose();
        bench.Dispose();
    }

    [Test]
    public async Task What_a_learner_reads_at_a_box_it_shows_by_a_link_that_unsharing_ends_at_once()
    {
        byte[] file = await MakeAsync();
        Hash256 id = IdOf(file);
        Assert.That((await StandingAsync(id)).State, Is.EqualTo(SharedState.Unknown));
        Assert.That((await GetAsync(id)).Status, Is.EqualTo(404));

        DisclosureStanding shared = await ShareAsync(file);
        (int status, byte[] body) = await GetAsync(id);
        Assert.That(shared.State, Is.EqualTo(SharedState.Shared));
        Assert.That(status, Is.EqualTo(200));
        VerificationReport report = ProofVerifier.Verify(body, bench.Trust);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(report.Disclosure!.Ranges.Single().Records, Has.Count.EqualTo(Records));

        await service.Unshare(Question(id), Call(bench.Learner));
        Assert.That((await GetAsync(id)).Status, Is.EqualTo(410));
        Assert.That((await StandingAsync(id)).State, Is.EqualTo(SharedState.Withdrawn));
        Assert.That((await ShareAsync(file)).State, Is.EqualTo(SharedState.Withdrawn), "What is withdrawn stays so.");
        Open();
        Assert.That((await StandingAsync(id)).State, Is.EqualTo(SharedState.Withdrawn), "after a restart");
        SharedList list = await service.ListShared(
            new SharedQuery { Learner = bench.Learner.Address.ToField() }, Call(bench.Learner));
        Assert.That(list.Disclosures.Single().Words, Is.EqualTo("For Acme"));
    }

    [Test]
    public async Task A_link_ends_with_the_time_that_the_learner_set()
    {
        byte[] file = await MakeAsync();
        await ShareAsync(file);
        bench.Wait(Lifetime);
        Assert.That((await GetAsync(IdOf(file))).Status, Is.EqualTo(410));
        Assert.That((await StandingAsync(IdOf(file))).State, Is.EqualTo(SharedState.Ended));
        await RefusedAsync("ENDED", StatusCode.FailedPrecondition, () => ShareAsync(file));
        bench.Wait(DisclosureShelf.ListedAfterEnd);
        await ShareAsync(await MakeAsync());
        Assert.That((await StandingAsync(IdOf(file))).State, Is.EqualTo(SharedState.Unknown), "forgotten by then");
    }

    [Test]
    public async Task A_file_that_was_handed_out_and_never_shared_can_be_withdrawn()
    {
        Hash256 id = IdOf(await MakeAsync());
        await service.Unshare(Question(id), Call(bench.Learner));
        Assert.That((await StandingAsync(id)).State, Is.EqualTo(SharedState.Withdrawn));
        Assert.That((await GetAsync(id)).Status, Is.EqualTo(404), "It was never shared by a link.");
    }

    [Test]
    public async Task Nobody_but_the_learner_shares_withdraws_or_lists()
    {
        byte[] file = await MakeAsync();
        await ShareAsync(file);
        foreach (SigningKey other in new[] { bench.East, bench.North })
        {
            await RefusedAsync("NO_RIGHT", StatusCode.PermissionDenied, () => ShareAsync(file, other));
            await RefusedAsync(
                "NO_RIGHT", StatusCode.PermissionDenied, () => service.Unshare(Question(IdOf(file)), Call(other)));
            await RefusedAsync("NO_RIGHT", StatusCode.PermissionDenied, () => service.ListShared(
                new SharedQuery { Learner = bench.Learner.Address.ToField() }, Call(other)));
        }

        Assert.That((await StandingAsync(IdOf(file))).State, Is.EqualTo(SharedState.Shared));
    }

    [Test]
    public async Task While_a_learner_has_a_guardian_the_guardian_shares_and_either_withdraws()
    {
        byte[] file = await MakeAsync();
        using SigningKey guardian = SigningKey.Create();
        bench.Decide(
            [bench.Learner, guardian, bench.North],
            Operations.GuardianAppoint(
                bench.Learner.Address, guardian.Address, bench.North.Address,
                bench.Clock.GetUtcNow().AddDays(30).ToUnixTimeMilliseconds()));

        await RefusedAsync("GUARDED", StatusCode.PermissionDenied, () => ShareAsync(file));
        Assert.That((await ShareAsync(file, guardian)).State, Is.EqualTo(SharedState.Shared));
        DisclosureStanding withdrawn = await service.Unshare(Question(IdOf(file)), Call(bench.Learner));
        Assert.That(withdrawn.State, Is.EqualTo(SharedState.Withdrawn));
    }

    [Test]
    public async Task A_file_that_does_not_verify_or_is_no_disclosure_is_not_shared()
    {
        byte[] file = await MakeAsync();
        byte[] changed = [.. file];
        changed[^1] ^= 1;
        await RefusedAsync("NOT_VERIFIED", StatusCode.InvalidArgument, () => ShareAsync(changed));
        await RefusedAsync("NOT_VERIFIED", StatusCode.InvalidArgument, () => ShareAsync([1, 2, 3]));
        await RefusedAsync(
            "512 KiB", StatusCode.InvalidArgument, () => ShareAsync(new byte[DisclosureFetcher.FileBytesMax + 1]));
        await RefusedAsync("32 bytes", StatusCode.InvalidArgument, () => service.GetStanding(
            new DisclosureQuestion { Learner = bench.Learner.Address.ToField() }, Call(bench.Learner)));
    }

    [Test]
    public async Task A_learner_shares_so_many_at_a_time_and_one_more_once_one_is_withdrawn()
    {
        List<byte[]> files = [];
        for (int number = 0; number <= DisclosureShelf.SharedMax; number++)
        {
            files.Add(await MakeAsync());
        }

        foreach (byte[] file in files.SkipLast(1))
        {
            await ShareAsync(file);
        }

        await RefusedAsync("TOO_MANY", StatusCode.FailedPrecondition, () => ShareAsync(files[^1]));
        await service.Unshare(Question(IdOf(files[0])), Call(bench.Learner));
        Assert.That((await ShareAsync(files[^1])).State, Is.EqualTo(SharedState.Shared));
    }

    private void Open()
    {
        shelf?.Dispose();
        shelf = new DisclosureShelf(bench.FileOf("disclosures"), bench.Keys, bench.Clock);
        service = new DisclosureNodeService(
            bench.North.Address, bench.Trust, callers, bench.Chain, shelf, bench.Clock);
    }

    // As a learner does it: it reads its own records at the box, and makes the file of what it got.
    private async Task<byte[]> MakeAsync()
    {
        BoxReading reading = await bench.ReadAsync(bench.Learner);
        DateTimeOffset now = bench.Clock.GetUtcNow();
        DisclosureBody body = DisclosureMaker.Draft(
            bench.Ledger.ChainId, reading.Bundle, new DisclosureChoice(new HashSet<string>(), [], ["/verb"]),
            new DisclosureTerms(now + Lifetime, "For Acme", string.Empty), now);
        return DisclosureMaker.Sign(
            bench.Ledger.ChainId, reading.Bundle, body,
            bench.Prove(StateKeys.SigningKeys(bench.Learner.Address).At(1)), bench.Learner).ToByteArray();
    }

    private Hash256 IdOf(byte[] file) =>
        DisclosureMessages.IdOf(bench.Ledger.ChainId, ProofFile.Parser.ParseFrom(file).Disclosure.Body.Span);

    private Task<DisclosureStanding> ShareAsync(byte[] file, SigningKey? caller = null) => service.Share(
        new DisclosureToShare { File = ByteString.CopyFrom(file) }, Call(caller ?? bench.Learner));

    private Task<DisclosureStanding> StandingAsync(Hash256 id) =>
        service.GetStanding(Question(id), new CallContext([]));

    private async Task<(int Status, byte[] Body)> GetAsync(Hash256 id)
    {
        DefaultHttpContext context = new();
        using MemoryStream body = new();
        context.Response.Body = body;
        context.Request.Method = HttpMethods.Get;
        context.Request.RouteValues["learner"] = bench.Learner.Address.ToString();
        context.Request.RouteValues["id"] = id.ToString();
        await DisclosureEndpoint.AnswerAsync(context, shelf);
        Assert.That(context.Response.Headers.CacheControl.ToString(), Is.EqualTo("no-store"));
        return (context.Response.StatusCode, body.ToArray());
    }

    private DisclosureQuestion Question(Hash256 id) =>
        new() { Learner = bench.Learner.Address.ToField(), Id = id.ToField() };

    private static async Task RefusedAsync(string why, StatusCode code, Func<Task> ask)
    {
        RpcException? refusal = await Assert.ThrowsAsync<RpcException>(ask);
        Assert.That(refusal!.StatusCode, Is.EqualTo(code));
        Assert.That(refusal.Status.Detail, Does.Contain(why));
    }

    private CallContext Call(SigningKey caller)
    {
        byte[] challenge = callers.NewChallenge();
        CallerProof proof = new()
        {
            Address = caller.Address.ToField(),
            PublicKey = caller.PublicKey.ToField(),
            Challenge = ByteString.CopyFrom(challenge),
            Signature = ByteString.CopyFrom(caller.Sign(
                CallerMessages.Digest(bench.Ledger.ChainId, bench.North.Address.ToArray(), challenge))),
        };
        return new CallContext(new Metadata { { CallerMessages.MetadataKey, proof.ToByteArray() } });
    }
}
