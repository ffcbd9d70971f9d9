using Google.Protobuf.Collections;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Node.Agreement;

/// <summary>
/// What the index says of the records that the transactions of a block insert, looked up together before they run: one
/// by one took a fifth of all time. Of any other record the index is asked. Damage under any of them stops the block on
/// this node, also where the insertion would have been refused before it was looked up.
/// </summary>
public sealed class ExpectedRecords : IRecordIndex
{
    private readonly RecordIndex index;
    private readonly Dictionary<RecordIndexKey, AnchoredRecord?> known;

    /// <summary>Looks up what the transactions insert.</summary>
    public ExpectedRecords(RecordIndex index, IReadOnlyList<ParsedTransaction> transactions)
    {
        this.index = index;
        List<RecordIndexKey> keys = KeysOf(transactions);
        AnchoredRecord?[] found = index.Find(keys);
        known = new Dictionary<RecordIndexKey, AnchoredRecord?>(keys.Count);
        for (int place = 0; place < keys.Count; place++)
        {
            known[keys[place]] = found[place];
        }
    }

    /// <inheritdoc/>
    public AnchoredRecord? Find(RecordIndexKey key) =>
        known.TryGetValue(key, out AnchoredRecord? found) ? found : index.Find(key);

    private static List<RecordIndexKey> KeysOf(IReadOnlyList<ParsedTransaction> transactions)
    {
        List<RecordIndexKey> keys = new(transactions.Sum(static one => one.OperationCount));
        foreach (ParsedTransaction transaction in transactions)
        {
            foreach (Group group in transaction.Body.Groups)
            {
                AddKeys(group, transaction, keys);
            }
        }

        return keys;
    }

    private static void AddKeys(Group group, ParsedTransaction transaction, List<RecordIndexKey> keys)
    {
        RepeatedField<Operation> operations = group.Operations;
        for (int place = 0; place < operations.Count; place++)
        {
            if (operations[place] is { CallCase: Operation.CallOneofCase.LlpcInsert } operation)
            {
                Address writer = transaction.Signers[(int)operation.Actor].Address;
                RepeatedField<RecordEntry> records = operation.LlpcInsert.Records;
                for (int number = 0; number < records.Count; number++)
                {
                    keys.Add(RecordIndexKey.Of(writer, records[number].Locator));
                }
            }
        }
    }
}
