using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Node.Records;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.Node.Anchoring;

/// <summary>Decides which waiting records go into the next transaction, and reads what became of them.</summary>
public sealed class AnchorPlanner
{
    /// <summary>The store of this institution that locators name; there is one.</summary>
    public const uint LrsNumber = 1;

    /// <summary>Groups of one transaction, half of what the protocol allows: each has up to four operations.</summary>
    public const int GroupsMax = 128;

    /// <summary>
    /// Records of one page and, but for the last page, of one transaction: below the protocol's 1,024.
    /// </summary>
    private const int RecordsMax = 500;

    /// <summary>Groups of one transaction: below the protocol's 256 KiB with room for signers and signatures.</summary>
    private const int GroupBytesMax = 200 * 1024;

    /// <summary>The most bytes that tell where an operation or group begins and how long it is.</summary>
    private const int FieldBytes = 5;

    private readonly Address self;
    private readonly RecordStore store;
    private readonly AccountStandings accounts;
    private readonly IRecordIndex index;
    private readonly IdlePrefix idle;

    /// <summary>Plans for the institution whose node this is.</summary>
    public AnchorPlanner(
        Address self, RecordStore store, AccountStandings accounts, IRecordIndex index, TimeProvider time)
    {
        this.self = self;
        this.store = store;
        this.accounts = accounts;
        this.index = index;
        idle = new IdlePrefix(time);
        accounts.Changed += idle.Forget;
    }

    /// <summary>
    /// The next transaction, of at most <paramref name="groupsMax"/> groups, in the order of intake. It stays below the
    /// protocol's limits.
    /// </summary>
    public AnchorPlan Plan(LedgerState state, int groupsMax)
    {
        Dictionary<LlpcName, AnchorGroup> groups = [];
        List<long> unfit = [];
        int records = 0;
        int bytes = 0;
        long after = idle.Start();
        while (records < RecordsMax && store.Outbox.PendingKeys(after, RecordsMax) is { Count: > 0 } page)
        {
            after = page[^1].Sequence;
            bool isIdle = groups.Count == 0;
            foreach (IGrouping<(string Actor, string Verb), PendingKey> waiting in
                page.GroupBy(key => (key.ActorKey, key.VerbIri)))
            {
                if (!TextForm.IsVerb(waiting.Key.Verb))
                {
                    unfit.AddRange(waiting.Select(key => key.Sequence));
                    continue;
                }

                AccountStanding standing = accounts.Of(state, waiting.Key.Actor, waiting.Key.Verb);
                long[] going = Going(standing, waiting);
                if (going.Length > 0 && standing.Llpc is { } llpc && !groups.ContainsKey(llpc)
                    && Readable(going) is { Count: > 0 } readable)
                {
                    isIdle = false;
                    AnchorGroup group = GroupOf(state, llpc, standing, readable);
                    bytes += SizeOf(group);
                    if (groups.Count == groupsMax || bytes > GroupBytesMax)
                    {
                        return new AnchorPlan([.. groups.Values], unfit);
                    }

                    groups.Add(llpc, group);
                    records += group.Sequences.Count;
                }
            }

            if (isIdle)
            {
                idle.MoveTo(after);
            }
        }

        return new AnchorPlan([.. groups.Values], unfit);
    }

    /// <summary>
    /// What became of the records of a decided transaction, or null when it must be planned again because another
    /// transaction had changed what its groups rested on.
    /// </summary>
    public IReadOnlyList<RecordOutcome>? Outcomes(TransactionBody body, SignedBatch batch, Outcome outcome)
    {
        Dictionary<(ulong, ulong), StoredRecord> byLocator = [];
        foreach (StoredRecord record in batch.Sequences.Select(Find))
        {
            byLocator[LocatorOf(record)] = record;
        }

        List<RecordOutcome> outcomes = [];
        foreach (OperationOutcome operation in outcome.Operations)
        {
            if (body.Groups[(int)operation.Group].Operations[(int)operation.Operation].LlpcInsert is not { } insert)
            {
                continue;
            }

            ulong next = operation.Result.Index;
            foreach (RecordEntry entry in insert.Records)
            {
                StoredRecord record = byLocator[LocatorOf(entry.Locator)];
                RecordOutcome? settled = operation.Result.Code == ResultCode.Accepted
                    ? RecordOutcome.Anchored(record.Sequence, PlaceOf(insert, entry, outcome.Height, next++))
                    : Refused(record, entry, insert, operation.Result.Code);
                if (settled is null)
                {
                    return null;
                }

                outcomes.Add(settled);
            }
        }

        return outcomes;
    }

    private RecordOutcome? Refused(StoredRecord record, RecordEntry entry, LlpcInsert insert, ResultCode code)
    {
        // Whatever the group's code, a record that is on the ledger with this commitment is anchored.
        if (index.Find(RecordIndexKey.Of(self, entry.Locator)) is { } known)
        {
            return known.Commitment == record.Commitment
                ? RecordOutcome.Anchored(record.Sequence, PlaceOf(insert, entry, known.Height, known.Index))
                : RecordOutcome.Refused(record.Sequence, nameof(ResultCode.Conflict));
        }

        return code switch
        {
            ResultCode.GroupRefused or ResultCode.LlpcExists or ResultCode.AlreadyIndexed or ResultCode.NotIndexed
                or ResultCode.AlreadyAnchored or ResultCode.NotEnrolled or ResultCode.NoRight
                or ResultCode.OptedOut => null,
            _ => RecordOutcome.Refused(record.Sequence, code.ToString()),
        };
    }

    private AnchorGroup GroupOf(
        LedgerState state, LlpcName llpc, AccountStanding standing, IReadOnlyList<StoredRecord> records)
    {
        List<Operation> operations = [];
        if (state.Llpc(llpc) is null)
        {
            operations.Add(Operations.LlpcCreate(llpc.Learner, llpc.Verb));
        }

        if (state.OpenNumber(StateKeys.ProviderIndexEntries(self, llpc)) == 0)
        {
            operations.Add(Operations.PicInsert(llpc.Learner, llpc.Verb));
        }

        if (state.OpenNumber(StateKeys.UserIndexEntries(llpc, self)) == 0)
        {
            operations.Add(Operations.UicInsert(llpc.Learner, llpc.Verb));
        }

        // A record that another transaction brought onto the ledger would have the whole group refused: it goes alone.
        StoredRecord? known = records.FirstOrDefault(
            record => index.Find(RecordIndexKey.Of(self, LocatorMessage(record))) is not null);
        IReadOnlyList<StoredRecord> chosen = known is null ? records : [known];
        operations.Add(Operations.LlpcInsert(llpc.Learner, llpc.Verb, chosen.Select(record => new RecordEntry
        {
            Locator = LocatorMessage(record, standing.IsLate(record.Stored)),
            Commitment = ByteString.CopyFrom(record.Commitment.ToArray()),
        })));
        return new AnchorGroup(operations, [.. chosen.Select(record => record.Sequence)]);
    }

    private static long[] Going(AccountStanding standing, IEnumerable<PendingKey> waiting) =>
        [.. waiting.Where(key => standing.RestOf(key.Stored) == RestReason.None).Select(key => key.Sequence)];

    private static int SizeOf(AnchorGroup group) =>
        FieldBytes + group.Operations.Sum(operation => operation.CalculateSize() + FieldBytes);

    // What does not open waits for a backup, or for an order to erase it, and stands in nobody's way.
    private List<StoredRecord> Readable(long[] going) =>
        [.. going.Select(Find).Where(static record => record.IsReadable)];

    // What became of a record is read from what stands beside its content.
    private StoredRecord Find(long sequence) =>
        store.FindEntry(sequence)
            ?? throw new InvalidOperationException($"record {sequence} is not in the store");

    /// <summary>The locator of a stored record, as the ledger has it once the record is there.</summary>
    public static Locator LocatorMessage(StoredRecord record) =>
        LocatorMessage(record, record.Place is { IsLate: true });

    private static Locator LocatorMessage(StoredRecord record, bool isLate) => new()
    {
        Lrs = LrsNumber,
        QueryTemplate = isLate ? LocatorKey.LateStatementByIdTemplate : LocatorKey.StatementByIdTemplate,
        KeyVersion = record.LocatorKeyVersion,
        HashedId = ByteString.CopyFrom(record.HashedId.ToArray()),
    };

    private static LedgerPlace PlaceOf(LlpcInsert insert, RecordEntry entry, ulong height, ulong place)
    {
        LlpcName llpc = new(new Address(insert.Learner.Span), insert.Verb);
        return new LedgerPlace(height, KeyOf(llpc), place)
        {
            IsLate = entry.Locator.QueryTemplate == LocatorKey.LateStatementByIdTemplate,
        };
    }

    /// <summary>Whether a record stands in an LLPC.</summary>
    public static bool IsOf(LedgerPlace place, LlpcName llpc) => place.Llpc.Span.SequenceEqual(KeyOf(llpc));

    private static byte[] KeyOf(LlpcName llpc) => [.. llpc.Learner.ToArray(), .. llpc.VerbHash.ToArray()];

    private static (ulong Key, ulong Id) LocatorOf(StoredRecord record) => LocatorOf(LocatorMessage(record));

    private static (ulong Key, ulong Id) LocatorOf(Locator locator) => (
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(locator.HashedId.Span),
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(locator.HashedId.Span[8..]) ^ locator.KeyVersion);
}
