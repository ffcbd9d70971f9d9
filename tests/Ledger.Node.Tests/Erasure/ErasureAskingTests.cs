using Google.Protobuf;
using Ledger.Client.Erasure;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Node.Copies;
using Ledger.Node.Records;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Erasure;

/// <summary>A writer asks a reader's node for its word, and believes no other one. Rules E-7 to E-11.</summary>
public sealed class ErasureAskingTests
{
    private const int Records = 4;
    private const ulong Erased = 1;

    private ErasureBench bench = null!;
    private HolderNode east = null!;
    private HolderNode west = null!;
    private ErasureAsker asker = null!;

    [SetUp]
    public void Begin()
    {
        bench = new ErasureBench();
        bench.Upgrade();
        bench.Pairs.Set(ActorKey.OfAccount(Statements.HomePage, "student-17"), bench.Learner.Address);
        bench.Anchor([.. Enumerable.Range(1, Records).Select(number => Statements.Intake(number))]);
        east = new HolderNode(bench, bench.Ledger.Identities[1]);
        west = new HolderNode(bench, bench.Ledger.Identities[2]);
        east.Keep(Records);
        Assert.That(TrustRoot.TryFromGenesis(bench.Ledger.GenesisBytes, out TrustRoot? trust), Is.True);
        asker = new ErasureAsker(bench.School.Address, trust!);
    }

    [TearDown]
    public void End()
    {
        east.Dispose();
        west.Dispose();
        bench.Dispose();
    }

    [Test]
    public async Task A_reader_that_was_away_erases_its_copy_when_it_is_back_and_says_so()
    {
        Erase();
        LedgerClientException held = await RefusedAsync(east.AnswerAsync);
        Assert.That(held.Message, Does.Contain("STILL_HELD"), "it has not followed the ledger yet");
        Assert.That(east.Copies.Has(bench.Llpc(), bench.School.Address, Erased), Is.True);

        east.Restart();
        east.Follow();

        ErasureWord word = await asker.AskAsync(east.AnswerAsync, HolderOf(east), CancellationToken.None);
        Assert.That(asker.ProblemOf(word, HolderOf(east)), Is.Null, "it is kept, and counts later too");
        Assert.That(
            Enumerable.Range(0, Records).Select(at => east.Copies.Has(bench.Llpc(), bench.School.Address, (ulong)at)),
            Is.EqualTo(new[] { true, false, true, true }));
    }

    [Test]
    public void A_reader_whom_a_snapshot_spared_the_erasure_compares_its_copies_with_the_ranges()
    {
        Erase();
        east.RestartFromSnapshot();

        east.Follow();

        Assert.That(
            Enumerable.Range(0, Records).Select(at => east.Copies.Has(bench.Llpc(), bench.School.Address, (ulong)at)),
            Is.EqualTo(new[] { true, false, true, true }));
    }

    [Test]
    public async Task A_reader_with_a_copy_left_gives_no_word()
    {
        Erase();
        east.Follow();
        east.Copies.Keep(
            [
                new KeptCopy(
                    new CopyGroupName(bench.Llpc(), bench.School.Address, 1), 0, bench.School.Address, 1,
                    new ReleasedRecord { Leaf = new RecordLeaf { Index = Erased } }, []),
            ],
            nowUnixMs: 1);

        Assert.That((await RefusedAsync(east.AnswerAsync)).Message, Does.Contain("STILL_HELD"));
    }

    [Test]
    public async Task A_node_that_is_away_is_named_as_such()
    {
        Erase();
        LedgerClientException away = await RefusedAsync(static (_, _) => throw new LedgerClientException(
            ClientFailure.Unreachable, "It cannot be reached."));

        Assert.That(away.Kind, Is.EqualTo(ClientFailure.Unreachable));
    }

    [Test]
    public async Task A_word_that_was_given_before_answers_no_other_question()
    {
        Erase();
        east.Follow();
        ErasureWord old = await asker.AskAsync(east.AnswerAsync, HolderOf(east), CancellationToken.None);

        LedgerClientException replayed = await RefusedAsync((_, _) => Task.FromResult(old));

        Assert.That(replayed.Message, Does.Contain("given before"));
    }

    [Test]
    public async Task Anothers_word_is_not_the_holders()
    {
        Erase();
        west.Follow();

        Assert.That((await RefusedAsync(west.AnswerAsync)).Message, Does.Contain("another one's word"));
    }

    [TestCase("key", "not the holder's")]
    [TestCase("chain", "of another chain")]
    [TestCase("places", "about other records")]
    [TestCase("writer", "another writer's records")]
    [TestCase("height", "not erased")]
    public async Task A_word_that_says_something_else_is_none(string lie, string why)
    {
        Erase();
        east.Follow();
        LedgerClientException found = await RefusedAsync(async (request, cancellation) =>
            Lie(lie, await east.AnswerAsync(request, cancellation)));

        Assert.That(found.Kind, Is.EqualTo(ClientFailure.NotVerified));
        Assert.That(found.Message, Does.Contain(why));
    }

    [Test]
    public async Task A_receipt_that_claims_a_word_which_it_lacks_fails_and_an_open_holder_leaves_it_unknown()
    {
        Erase();
        east.Follow();
        ErasureWord word = await east.AnswerAsync(
            new AcknowledgementRequest
            {
                Places = Places(), Random = ByteString.CopyFrom(new byte[ErasureAsker.RandomBytes]),
            },
            CancellationToken.None);
        ErasureHolder open = HolderOf(west);
        open.Open = "It cannot be reached.";
        ErasureHolder person = HolderOf(west);
        person.Person = true;

        Assert.That(Verify([HolderOf(east), person], word), Is.EqualTo(Verdict.Passed));
        Assert.That(Verify([HolderOf(east), open], word), Is.EqualTo(Verdict.Unknown));
        Assert.That(Verify([HolderOf(east), HolderOf(west)], word), Is.EqualTo(Verdict.Failed));
    }

    private void Erase()
    {
        bench.Orders.OfRecord(Statements.Id((int)Erased + 1));
        bench.EraseAll();
    }

    private ErasedPlaces Places() => new()
    {
        Learner = bench.Learner.Address.ToField(), Verb = Statements.Viewed, Indexes = { Erased },
    };

    private ErasureHolder HolderOf(HolderNode node)
    {
        TombstoneLeaf tombstone = (TombstoneLeaf)bench.Reader.RecordsFrom(
            bench.Llpc(), bench.School.Address, Erased, 1).Single();
        return new ErasureHolder
        {
            Holder = node.Key.Address.ToField(), Places = Places(), ErasedHeight = tombstone.ErasedHeight,
        };
    }

    private async Task<LedgerClientException> RefusedAsync(
        Func<AcknowledgementRequest, CancellationToken, Task<ErasureWord>> ask) =>
        (await Assert.ThrowsAsync<LedgerClientException>(
            () => asker.AskAsync(ask, HolderOf(east), CancellationToken.None)))!;

    // Signed by the holder, but for the first, so that only what is said is wrong.
    private ErasureWord Lie(string lie, ErasureWord word)
    {
        ErasureWordBody body = ErasureWordBody.Parser.ParseFrom(word.Body);
        SigningKey key = lie == "key" ? west.Key : east.Key;
        switch (lie)
        {
            case "key":
                break;
            case "chain":
                body.ChainId = TaggedHash.Of("test/chain"u8, default).ToField();
                break;
            case "places":
                body.Places.Indexes[0] = 2;
                break;
            case "writer":
                body.Writer = west.Key.Address.ToField();
                break;
            case "height":
                body.Height = 1;
                break;
            default:
                throw new ArgumentException(lie, nameof(lie));
        }

        byte[] bytes = body.ToByteArray();
        return new ErasureWord
        {
            Body = ByteString.CopyFrom(bytes),
            Key = word.Key,
            Signature = ByteString.CopyFrom(
                key.Sign(ErasureMessages.SignedDigest(new Hash256(body.ChainId.Span), bytes))),
        };
    }

    private Verdict Verify(ErasureHolder[] holders, ErasureWord word)
    {
        Assert.That(TrustRoot.TryFromGenesis(bench.Ledger.GenesisBytes, out TrustRoot? trust), Is.True);
        ProofFile file = new()
        {
            Erasure = new ErasureReceipt
            {
                Version = ProofVerifier.Version, Words = { word }, Holders = { holders },
            },
        };
        return ProofVerifier.Verify(file.ToByteArray(), trust!).Verdict;
    }
}
