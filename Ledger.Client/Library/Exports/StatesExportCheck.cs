using System.Runtime.InteropServices;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;
using Index = Ledger.Contracts.Protos.Index;

namespace Ledger.Client.Exports;

/// <summary>
/// That what the file says of the state is proved, about the learner, and all that the ledger counts: entries of the
/// index, and of each contract grants and requests. Rule L-7.
/// </summary>
internal sealed class StatesExportCheck(ExportContext context, ExportFindings findings)
{
    private readonly Dictionary<(StateKind Kind, Address Learner), byte[]> last = [];
    private readonly Dictionary<(Address Learner, Hash256 Verb), ExportedContract> contracts = [];
    private readonly Dictionary<Address, ulong> entriesCounted = [];
    private readonly Dictionary<Address, ulong> entriesSeen = [];
    private readonly HashSet<(Address Learner, string Verb)> indexed = [];
    private readonly Dictionary<Address, Address> merged = [];
    private readonly HashSet<ulong> heights = [];

    /// <summary>Contracts with who holds records of them.</summary>
    public IEnumerable<ExportedContract> Contracts => contracts.Values;

    /// <summary>Takes a page.</summary>
    public void Take(StateList list)
    {
        if (context.Run("states", found => StateListCheck.Run(list, context.Trust, found)) is not { } found)
        {
            return;
        }

        heights.Add(found.Height!.Value);
        foreach (ProvedState one in found.States)
        {
            Take(one);
        }
    }

    /// <summary>Judges what the counters say, after the last page.</summary>
    public void Finish()
    {
        foreach (Address learner in context.Learners)
        {
            if (!entriesCounted.ContainsKey(learner))
            {
                context.Report.Fail(StepNames.Completeness, $"The file does not prove the index of {learner}.");
            }

            Count(
                entriesSeen.GetValueOrDefault(learner),
                entriesCounted.GetValueOrDefault(learner),
                $"open entries of the index of {learner}");
            if (learner != context.Learners[0]
                && !(merged.TryGetValue(learner, out Address survivor) && context.Learners.Contains(survivor)))
            {
                context.Report.Fail(
                    StepNames.Content, $"The file does not prove that {learner} was merged into the learner.");
            }
        }

        foreach ((Address learner, string verb) in indexed
            .Where(one => !contracts.ContainsKey((one.Learner, LlpcName.HashOf(one.Verb)))))
        {
            context.Report.Fail(
                StepNames.Completeness, $"The index of {learner} names {verb}, of which the file has no contract.");
        }

        foreach (ExportedContract contract in contracts.Values)
        {
            Count(contract.GrantsSeen, contract.Grants, $"grants of {contract.Verb}");
            Count(contract.RequestsSeen, contract.Requests, $"requests of {contract.Verb}");
        }

        if (findings.States.Count > 0)
        {
            context.Report.Pass(
                StepNames.Inclusion,
                FormattableString.Invariant(
                    $"{findings.States.Values.Sum()} values of the state are proved by the ledger."));
        }
    }

    private void Take(ProvedState one)
    {
        StateKey key = one.Key;
        Address learner = default;
        bool isPolicy = key.Kind == StateKind.Policy;
        if (!one.IsPresent
            || (!isPolicy && !(ExportStates.Kinds.Contains(key.Kind) && TryLearner(key, out learner))))
        {
            context.Fail(StepNames.Content, "It says something of the state that is not about the learner.");
            return;
        }

        ref byte[]? before = ref CollectionsMarshal.GetValueRefOrAddDefault(last, (key.Kind, learner), out _);
        if (before is not null && key.Raw.Span.SequenceCompareTo(before) <= 0)
        {
            context.Fail(StepNames.Format, "A value of the state stands twice, or in no order.");
            return;
        }

        before = key.Raw.ToArray();
        findings.States[key.Kind] = findings.States.GetValueOrDefault(key.Kind) + 1;
        if (!isPolicy)
        {
            Count(learner, one);
        }
    }

    private void Count(Address learner, ProvedState one)
    {
        switch (one.Value)
        {
            case Index index when one.Key.Kind == StateKind.UserIndex:
                entriesCounted[learner] = index.Entries;
                break;
            case IndexEntry entry:
                entriesSeen[learner] =
                    entriesSeen.GetValueOrDefault(learner) + (entry.Interval is { ToHeight: 0 } ? 1UL : 0);
                if (indexed.Count < ExportLimits.RememberedMax)
                {
                    indexed.Add((learner, entry.Verb));
                }

                break;
            case Llpc llpc:
                if (contracts.Count < ExportLimits.RememberedMax)
                {
                    contracts[(learner, VerbOf(one.Key))] = new ExportedContract(learner, llpc);
                }

                break;
            case GrantInstance when contracts.TryGetValue((learner, VerbOf(one.Key)), out ExportedContract? contract):
                contract.GrantsSeen++;
                break;
            case RequestInstance when contracts.TryGetValue((learner, VerbOf(one.Key)), out ExportedContract? contract):
                contract.RequestsSeen++;
                break;
            case Merge merge:
                merged[learner] = merge.Survivor.ToAddress();
                break;
            default:
                break;
        }
    }

    // Pages of different blocks may differ because something was decided between them.
    private void Count(ulong seen, ulong counted, string what)
    {
        if (seen == counted)
        {
            return;
        }

        string sentence = FormattableString.Invariant($"The ledger counts {counted} {what}, and the file has {seen}.");
        if (heights.Count == 1)
        {
            context.Report.Fail(StepNames.Completeness, sentence);
        }
        else
        {
            context.Doubt(
                StepNames.Completeness,
                sentence + " Its pages are of different blocks: something was decided meanwhile, or is left out.");
        }
    }

    private bool TryLearner(StateKey key, out Address learner)
    {
        learner = default;
        return key.Raw.Length > Address.Size
            && Address.TryRead(key.Raw.Span[1..(1 + Address.Size)], out learner)
            && context.Learners.Contains(learner);
    }

    private static Hash256 VerbOf(StateKey key) => new(key.Raw.Span.Slice(1 + Address.Size, Hash256.Size));
}
