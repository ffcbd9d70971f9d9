using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Node.Tests.Support;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Api;

/// <summary>
/// Ten thousand records of a hundred learners at three schools: each look-up of the indexes walks over its own keys
/// alone, and finds what a scan of everything finds.
/// </summary>
public sealed class IndexLookupTests
{
    private const int LearnerCount = 100;
    private const int VerbCount = 10;
    private const int RecordsOfAnLlpc = 10;
    private const uint PageSize = 7;
    private readonly List<SigningKey> learners =
        [.. Enumerable.Range(0, LearnerCount).Select(_ => SigningKey.Create())];
    private TestLedger ledger = null!;
    private DatabaseFolder folder = null!;
    private ChainBuilder blocks = null!;
    private ChainReader reader = null!;
    private StateQueries queries = null!;
    private IndexEntry[] everything = null!;
    private int records;

    private static string[] Verbs { get; } =
        [.. Enumerable.Range(0, VerbCount).Select(number => $"https://example.org/verb/{number}")];

    [OneTimeSetUp]
    public void Anchor()
    {
        ledger = new TestLedger();
        folder = new DatabaseFolder();
        blocks = new ChainBuilder(ledger, folder);
        reader = new ChainReader(folder.Database);
        queries = new StateQueries(blocks.Chain, reader);
        long time = TestLedger.Time;
        blocks.Decide(
            time += 1_000,
            [
                .. ledger.Identities[..3].Select(school => ledger.Signed([school], Operations.PicCreate())),
                .. learners.Select(learner => ledger.Signed([learner], Operations.UicCreate())),
            ]);
        for (int place = 0; place < LearnerCount; place++)
        {
            SigningKey learner = learners[place];
            SigningKey school = ledger.Identities[place % 3];
            blocks.Decide(
                time += 1_000,
                ledger.Signed([school, learner], Operations.Enrol(learner.Address, school.Address)),
                ledger.Signed([school], [.. Verbs.SelectMany(verb => Written(learner.Address, verb))]));
        }

        everything = [.. blocks.Chain.Head.State.Tree.Entries()
            .Where(static entry => entry.Key.Kind == StateKind.UserIndexEntry && !StateValues.IsCounter(entry.Key))
            .Select(static entry => IndexEntry.Parser.ParseFrom(entry.Value.Span))];
    }

    [OneTimeTearDown]
    public void Delete()
    {
        folder.Dispose();
        ledger.Dispose();
        learners.ForEach(static learner => learner.Dispose());
    }

    [Test]
    public void There_are_ten_thousand_records() => Assert.That(records, Is.EqualTo(10_000));

    [Test]
    public void Providers_of_a_learner_come_from_its_index() => Assert.Multiple(() =>
    {
        foreach (SigningKey learner in learners)
        {
            ByteString address = Bytes(learner.Address);
            Same(
                page => queries.Uic(new UicRequest { Learner = address, Page = page }),
                entry => entry.Learner == address, VerbCount);
        }
    });

    [Test]
    public void Learners_of_a_provider_come_from_its_index() => Assert.Multiple(() =>
    {
        foreach (SigningKey school in ledger.Identities[..3])
        {
            ByteString address = Bytes(school.Address);
            int expected = everything.Count(entry => entry.Provider == address);
            Same(
                page => queries.Pic(new PicRequest { Provider = address, Page = page }),
                entry => entry.Provider == address, expected);
        }
    });

    [Test]
    public void A_learner_and_a_verb_are_looked_up_by_their_key() => Assert.Multiple(() =>
    {
        foreach (SigningKey learner in learners)
        {
            ByteString address = Bytes(learner.Address);
            Same(
                page => queries.Uic(new UicRequest { Learner = address, Verb = Verbs[3], Page = page }),
                entry => entry.Learner == address && entry.Verb == Verbs[3], 1);
        }
    });

    [Test]
    public void A_learner_at_one_provider_and_a_provider_of_one_learner_are_looked_up_by_their_keys()
    {
        ByteString learner = Bytes(learners[5].Address);
        foreach (SigningKey school in ledger.Identities[..3])
        {
            ByteString provider = Bytes(school.Address);
            int expected = everything.Count(entry => entry.Learner == learner && entry.Provider == provider);
            Same(
                page => queries.Uic(new UicRequest { Learner = learner, Provider = provider, Page = page }),
                entry => entry.Learner == learner && entry.Provider == provider, VerbCount);
            Same(
                page => queries.Pic(new PicRequest { Learner = learner, Provider = provider, Page = page }),
                entry => entry.Learner == learner && entry.Provider == provider, expected);
        }
    }

    // The look-up's answer is that of a scan, and it walked over no more than a counter and an instance for each entry,
    // and for each page the key with which the next one begins.
    private void Same(Func<PageRequest, IndexPage> ask, Func<IndexEntry, bool> isWanted, int entriesWalked)
    {
        long before = reader.StateKeysRead;
        List<IndexEntry> found = [];
        PageRequest page = new() { Limit = PageSize };
        int pages = 0;
        do
        {
            IndexPage answer = ask(page);
            found.AddRange(answer.Entries);
            page.Cursor = answer.Cursor;
            pages++;
        }
        while (!page.Cursor.IsEmpty);

        Assert.That(found, Is.EquivalentTo(everything.Where(isWanted)));
        Assert.That(reader.StateKeysRead - before, Is.LessThanOrEqualTo((2 * entriesWalked) + pages));
    }

    private IEnumerable<Operation> Written(Address learner, string verb)
    {
        yield return Operations.LlpcCreate(learner, verb);
        yield return Operations.UicInsert(learner, verb);
        yield return Operations.PicInsert(learner, verb);
        yield return Operations.LlpcInsert(
            learner, verb, Enumerable.Range(0, RecordsOfAnLlpc).Select(_ => Record(++records)));
    }

    private static RecordEntry Record(int number)
    {
        byte[] id = new byte[TransactionLimits.HashedIdBytes];
        BitConverter.TryWriteBytes(id, number);
        return new RecordEntry
        {
            Locator = new Locator
            {
                Lrs = 1, QueryTemplate = 1, KeyVersion = 1, HashedId = ByteString.CopyFrom(id),
            },
            Commitment = ByteString.CopyFrom(TaggedHash.Of(Tags.RecordCommitment, id).ToArray()),
        };
    }

    private static ByteString Bytes(Address address) => ByteString.CopyFrom(address.ToArray());
}
