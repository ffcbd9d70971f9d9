using Google.Protobuf;
using Ledger.Client.Boxes;
using Ledger.Client.Disclosures;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.EndToEnd.Tests.Support;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Sharing;

/// <summary>Who takes part in the sharing of records, and what they do with the public client library.</summary>
public sealed class SharingCast : IDisposable
{
    private const string Account = "jo";

    private readonly TestConsortium consortium;

    public SharingCast(TestConsortium consortium)
    {
        this.consortium = consortium;
        Trust = TrustRoot.TryFromGenesis(consortium.Genesis, out TrustRoot? trust)
            ? trust
            : throw new AssertionException("the genesis document is not one");
    }

    public Member North => consortium.Members[0];

    public Member South => consortium.Members[1];

    public Member East => consortium.Members[2];

    /// <summary>Holds its own key.</summary>
    public SigningKey Learner { get; } = SigningKey.Create();

    /// <summary>The genesis document alone.</summary>
    public TrustRoot Trust { get; }

    /// <summary>
    /// Every institution has an index; the learner joins and enrols at North, which learns whose account it is.
    /// </summary>
    public async Task EnrolAsync()
    {
        foreach (Member member in consortium.Members)
        {
            await member.DecideAsync([member.Key], Operations.PicCreate());
        }

        await North.DecideAsync([Learner], Operations.UicCreate());
        await North.DecideAsync([Learner, North.Key], Operations.Enrol(Learner.Address, North.Address));
        await North.Client.PairLearnerAsync(Statements.ActorKey(Account), Learner.Address, CancellationToken.None);
    }

    /// <summary>A learning tool posts statements to North's store; answers their ids.</summary>
    public async Task<string[]> PostAsync(string verb, int count)
    {
        Guid[] ids = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];
        string list = string.Join(',', ids.Select((id, page) => Statements.Statement(id, Account, verb, page)));
        using HttpResponseMessage answer = await Statements.PostAsync(North.Node, "[" + list + "]");
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
        return [.. ids.Select(id => id.ToString("D"))];
    }

    /// <summary>A learning tool posts statements of events in courses; answers their ids.</summary>
    public async Task<string[]> PostInCoursesAsync(string verb, params (string Course, string Time)[] events)
    {
        Guid[] ids = [.. events.Select(_ => Guid.NewGuid())];
        string list = string.Join(',', ids.Zip(events).Select(one => Statements.InCourse(
            one.First, Account, verb, one.Second.Course, one.Second.Time)));
        using HttpResponseMessage answer = await Statements.PostAsync(North.Node, "[" + list + "]");
        Assert.That(answer.IsSuccessStatusCode, Is.True, await answer.Content.ReadAsStringAsync());
        return [.. ids.Select(id => id.ToString("D"))];
    }

    /// <summary>A learning tool posts a statement that says much of its learner.</summary>
    public Task<HttpResponseMessage> PostCanaryAsync(Guid id, string verb) => Statements.PostAsync(
        North.Node,
        $$$"""
        {"id":"{{{id:D}}}",
         "actor":{"name":"{{{CanarySearch.Mark}}}",
                  "account":{"homePage":"{{{Statements.HomePage}}}","name":"{{{Account}}}"} },
         "verb":{"id":"{{{verb}}}"},
         "object":{"id":"{{{Statements.HomePage}}}/{{{CanarySearch.Mark}}}",
                   "definition":{"name":{"en":"{{{CanarySearch.Mark}}}"} } },
         "context":{"instructor":{"mbox":"mailto:{{{CanarySearch.Mark}}}@north.example"} },
         "result":{"response":"{{{CanarySearch.Mark}}} wrote this"} }
        """);

    /// <summary>The members decide newer rules, and their nodes have them.</summary>
    public async Task UpgradeAsync(uint version)
    {
        Measure measure = new() { Upgrade = new UpgradeRules { Version = version, Height = 1 } };
        await North.DecideAsync([North.Key], Operations.MeasurePropose(measure));
        await North.DecideAsync([South.Key], Operations.MeasureVote(1, approve: true));
        await North.DecideAsync([East.Key], Operations.MeasureVote(1, approve: true));
        foreach (Member member in (Member[])[North, South, East])
        {
            await North.DecideAsync([member.Key], Operations.AnnounceVersion(version));
        }
    }

    /// <summary>North erases a record: it is in no file of North's node any more, and has its tombstone.</summary>
    public async Task EraseAsync(Guid id)
    {
        ErasureView order = await North.Client.EraseRecordAsync(id.ToString("D"), CancellationToken.None);
        await Waiting.ForAsync($"record {id} is erased", async () =>
        {
            ErasureViews views =
                await North.Client.GetErasuresAsync(order.Order.Memory, CancellationToken.None);
            ErasureView now = views.Orders.Single();
            return now.Scrubbed == 1 && now.Settled == 1 ? now : null;
        });
    }

    /// <summary>Waits until North has anchored a record by itself.</summary>
    public Task<RecordView> AnchoredAsync(string id) => Waiting.ForAsync($"record {id} is anchored", async () =>
    {
        RecordView view = await North.Client.GetRecordAsync(id, CancellationToken.None);
        Assert.That(view.State, Is.Not.EqualTo("refused"), view.Refusal);
        return view.State == "anchored" ? view : null;
    });

    /// <summary>The learner grants East to read; answers the grant's number and its transaction.</summary>
    public async Task<(ulong Grant, Hash256 Transaction)> GrantEastAsync(string verb, byte[]? limits = null)
    {
        PendingTransaction transaction = await North.DecideAsync([Learner], Operations.LlpcGrant(
            Learner.Address, verb, East.Address, new Rights { Read = true }, parent: 0, endUnixMs: 0, limits ?? []));
        LlpcView view = await Waiting.ForAsync("East has the grant's block", async () =>
            await East.Client.GetLlpcAsync(Learner.Address, verb, CancellationToken.None) is { Grants.Count: 1 } found
                ? found
                : null);
        return (view.Grants[0].Number, transaction.Id);
    }

    /// <summary>Asks North's box, and verifies what it answers.</summary>
    public Task<BoxReading> ReadAsync(Member reader, Address learner, string verb) =>
        new BoxReader(new CallerIdentity(reader.Address, reader.Key), Trust).ReadAsync(
            North.Client, North.Key.PublicKey, new BoxQuery(North.Address, learner, verb), CancellationToken.None);

    /// <summary>The learner reads its own records at North's box, and makes a file of one member of each.</summary>
    public async Task<byte[]> DiscloseAsync(LedgerClient client, string verb, string pointer)
    {
        BoxReading reading = await new BoxReader(new CallerIdentity(Learner.Address, Learner), Trust).ReadAsync(
            client, North.Key.PublicKey, new BoxQuery(North.Address, Learner.Address, verb), CancellationToken.None);
        StateEvidence key = await client.GetStateAsync(
            StateKeys.SigningKeys(Learner.Address).At(1).Raw, CancellationToken.None);
        DisclosureBody body = DisclosureMaker.Draft(
            Trust.ChainId,
            reading.Bundle,
            new DisclosureChoice(new HashSet<string>(), [], [pointer]),
            new DisclosureTerms(DateTimeOffset.UtcNow.AddDays(1), "For Acme", string.Empty),
            DateTimeOffset.UtcNow);
        return DisclosureMaker.Sign(Trust.ChainId, reading.Bundle, body, key, Learner).ToByteArray();
    }

    /// <summary>East asks North's box, and shows the limits of its grant.</summary>
    public Task<BoxReading> ReadWithinAsync(string verb, string purpose, params LimitsOpening[] openings) =>
        new BoxReader(new CallerIdentity(East.Address, East.Key), Trust).ReadAsync(
            North.Client,
            North.Key.PublicKey,
            new BoxQuery(North.Address, Learner.Address, verb) { Purpose = purpose, Openings = openings },
            CancellationToken.None);

    /// <summary>East shows limits, and is refused.</summary>
    public async Task<string> RefusedWithinAsync(string verb, string purpose, params LimitsOpening[] openings) =>
        (await Assert.ThrowsAsync<LedgerClientException>(() => ReadWithinAsync(verb, purpose, openings)))!.Message;

    /// <summary>Asks North's box and is refused.</summary>
    public async Task<LedgerClientException> RefusedAsync(Member reader, Address learner, string verb) =>
        (await Assert.ThrowsAsync<LedgerClientException>(() => ReadAsync(reader, learner, verb)))!;

    public void Dispose() => Learner.Dispose();
}
