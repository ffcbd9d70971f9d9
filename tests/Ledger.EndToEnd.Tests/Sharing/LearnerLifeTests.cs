using System.Net;
using Ledger.Client.Boxes;
using Ledger.Client.Claims;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Devnet;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>A learner comes by a one-time code, has a guardian, opts out, and merges its keys.</summary>
public sealed class LearnerLifeTests
{
    private const string Account = "mia";

    private readonly SigningKey learner = SigningKey.Create();
    private readonly SigningKey guardian = SigningKey.Create();
    private readonly SigningKey survivor = SigningKey.Create();
    private TestConsortium consortium = null!;

    private Member North => consortium.Members[0];

    private Member East => consortium.Members[2];

    [OneTimeSetUp]
    public async Task Start()
    {
        consortium = await TestConsortium.StartAsync("life");
        foreach (Member member in consortium.Members)
        {
            await member.DecideAsync([member.Key], Operations.PicCreate());
        }
    }

    [OneTimeTearDown]
    public void Stop()
    {
        consortium?.Dispose();
        learner.Dispose();
        guardian.Dispose();
        survivor.Dispose();
    }

    [Test]
    public async Task From_the_code_on_paper_to_the_read_with_another_key()
    {
        await ClaimAsync();
        await BeToldAsync();
        string id = await PostAnchoredAsync(1);
        await GuardAsync();
        await OptOutAsync();
        await MergeAsync();

        // The record store knows the record, and the box still serves it.
        Assert.That((await North.Client.GetRecordAsync(id, CancellationToken.None)).State, Is.EqualTo("anchored"));
    }

    private async Task ClaimAsync()
    {
        ClaimCode code = ClaimCode.Create();
        long end = DateTimeOffset.UtcNow.AddDays(30).ToUnixTimeMilliseconds();
        await North.DecideAsync([North.Key], Operations.ClaimAnnounce([code.ToClaim()], end));
        await North.Client.KeepClaimsAsync(
            [new ClaimAccount { Claim = 1, ActorKeys = { Statements.ActorKey(Account) } }], CancellationToken.None);
        Assert.That(ClaimCode.TryParse(code.ToString().ToLowerInvariant(), out ClaimCode typed), Is.True);
        using SigningKey key = typed.ToKey();
        byte[] proof = key.Sign(LearnerDigests.OfClaim(North.ChainId, North.Address, learner.Address));

        await East.DecideAsync(
            [learner],
            Operations.UicCreate(),
            Operations.LearnerClaim(learner.Address, North.Address, key.PublicKey, proof));

        PairPage page = await Waiting.ForAsync("North's node has paired the account", async () =>
            await North.Client.FindPairsAsync(Statements.ActorKey(Account), CancellationToken.None)
                is { Pairs.Count: 1 } found ? found : null);
        Assert.That(page.Pairs[0].Learner.ToByteArray(), Is.EqualTo(learner.Address.ToArray()));
    }

    // Its home node keeps where it is told of requests, and no other node does.
    private async Task BeToldAsync()
    {
        const string Hook = "https://mia.example/hook";
        using LedgerClient atHome = LocalConsortium.ClientOf(
            LocalConsortium.Ready(North.Node)!, new CallerIdentity(learner.Address, learner));
        using LedgerClient elsewhere = LocalConsortium.ClientOf(
            LocalConsortium.Ready(East.Node)!, new CallerIdentity(learner.Address, learner));
        NoticeState set = await atHome.SetNoticesAsync(learner.Address, Hook, "", CancellationToken.None);
        Assert.That((set.Webhook, set.Undelivered), Is.EqualTo((Hook, 0)));
        LedgerClientException? refused = await Assert.ThrowsAsync<LedgerClientException>(
            () => elsewhere.SetNoticesAsync(learner.Address, Hook, "", CancellationToken.None));
        Assert.That(refused?.Message, Does.Contain("NOT_ENROLLED"));
        await atHome.SetNoticesAsync(learner.Address, "", "", CancellationToken.None);
        Assert.That(
            await atHome.GetNoticesAsync(learner.Address, CancellationToken.None), Is.EqualTo(new NoticeState()));
    }

    private async Task<string> PostAnchoredAsync(int page)
    {
        Guid id = Guid.NewGuid();
        using HttpResponseMessage answer = await PostAsync(id, page);
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
        await Waiting.ForAsync($"record {id} is anchored", async () =>
            await North.Client.GetRecordAsync(id.ToString("D"), CancellationToken.None) is { State: "anchored" } view
                ? view
                : null);
        return id.ToString("D");
    }

    // The guardian, whom the ledger never saw before, reads for the learner at once.
    private async Task GuardAsync()
    {
        long until = DateTimeOffset.UtcNow.AddYears(3).ToUnixTimeMilliseconds();
        await North.DecideAsync(
            [learner, guardian, North.Key],
            Operations.GuardianAppoint(learner.Address, guardian.Address, North.Address, until));
        Assert.That((await ReadAsync(guardian)).Report.RecordsVerified, Is.EqualTo(1));
        await North.DecideAsync([guardian], Operations.GuardianEnd(learner.Address, null));
        Assert.That((await RefusedAsync(guardian)).Message, Does.Contain("NO_RIGHT"));
    }

    private async Task OptOutAsync()
    {
        await North.DecideAsync([learner], Operations.OptOut(learner.Address, OptOutLevel.NoStore));
        using HttpResponseMessage refused = await PostAsync(Guid.NewGuid(), 2);
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("opted-out"));
        await North.DecideAsync([learner], Operations.OptOut(learner.Address, OptOutLevel.None));
        await PostAnchoredAsync(3);
    }

    private async Task MergeAsync()
    {
        await North.DecideAsync([survivor], Operations.UicCreate());
        Assert.That((await RefusedAsync(survivor)).Message, Does.Contain("NO_RIGHT"));
        await North.DecideAsync([survivor, learner], Operations.LearnerMerge(learner.Address));

        BoxReading reading = await ReadAsync(survivor);
        Assert.That(reading.Report.Verdict, Is.EqualTo(Verdict.Passed));
        Assert.That(reading.Report.RecordsVerified, Is.EqualTo(2));
        Assert.That((await RefusedAsync(learner)).Message, Does.Contain("UNKNOWN_READER"));
        LedgerClientException? old = await Assert.ThrowsAsync<LedgerClientException>(
            () => North.DecideAsync([learner], Operations.EndEnrolment(learner.Address, North.Address)));
        Assert.That(old?.Message, Does.Contain("UNKNOWN_SIGNER"));
    }

    private Task<HttpResponseMessage> PostAsync(Guid id, int page) => Statements.PostAsync(
        North.Node, Statements.Statement(id, Account, Statements.Viewed, page));

    private Task<BoxReading> ReadAsync(SigningKey reader)
    {
        Assert.That(TrustRoot.TryFromGenesis(consortium.Genesis, out TrustRoot? trust), Is.True);
        return new BoxReader(new CallerIdentity(reader.Address, reader), trust!).ReadAsync(
            North.Client,
            North.Key.PublicKey,
            new BoxQuery(North.Address, learner.Address, Statements.Viewed),
            CancellationToken.None);
    }

    private async Task<LedgerClientException> RefusedAsync(SigningKey reader) =>
        (await Assert.ThrowsAsync<LedgerClientException>(() => ReadAsync(reader)))!;
}
