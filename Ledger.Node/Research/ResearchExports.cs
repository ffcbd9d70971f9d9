using System.Text;
using Grpc.Core;
using Ledger.Client.Boxes;
using Ledger.Client.Cohorts;
using Ledger.Client.Protos;
using Ledger.Contracts.Transactions;
using Ledger.Node.Api;
using Ledger.Node.Chain;
using Ledger.Primitives;

namespace Ledger.Node.Research;

/// <summary>
/// Makes tables for research: with pseudonyms of the project, dates by weeks, and no cell of a few learners, in a table
/// or in the difference of two. Rules Y-7 to Y-10 of <c>docs/cohorts.md</c>.
/// </summary>
/// <param name="chain">The ledger as this node has it.</param>
/// <param name="scan">Counts.</param>
/// <param name="memory">What was told, and keys of projects.</param>
/// <param name="learnersMin">Learners of a cell at the least.</param>
/// <param name="time">The clock.</param>
public sealed class ResearchExports(
    ChainState chain, ResearchScan scan, ResearchMemory memory, int learnersMin, TimeProvider time)
{
    /// <summary>A table goes in one answer; half of what an answer may have leaves room for its frame.</summary>
    private const int TableBytesMax = ApiLimits.AnswerBytesMax / 2;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Makes a table; fails the call where the request is malformed, or the table too large.</summary>
    public async Task<ResearchTable> MakeAsync(ResearchRequest request, CancellationToken cancellation)
    {
        Require(request);
        await turn.WaitAsync(cancellation);
        try
        {
            LedgerHead head = chain.Head;
            SortedDictionary<ResearchCell, Dictionary<Address, CellCounts>> cells =
                await scan.CountAsync(head, request, cancellation);
            Dictionary<ResearchCell, CellJudgement> judged =
                cells.ToDictionary(static cell => cell.Key, cell => Judge(cell.Key, cell.Value));
            ResearchTable table = TableOf(head, request, cells, judged);
            if (table.CalculateSize() > TableBytesMax)
            {
                throw Refusals.Precondition("TOO_LARGE: name fewer days or verbs, and make several tables");
            }

            table.Number = memory.Keep(
                request,
                table,
                cells.Where(cell => judged[cell.Key] == CellJudgement.Told),
                time.GetUtcNow().ToUnixTimeMilliseconds());
            return table;
        }
        catch (Box.RecordSourceException problem)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, problem.Message));
        }
        finally
        {
            turn.Release();
        }
    }

    private static void Require(ResearchRequest request)
    {
        if (!ProjectPseudonyms.IsProject(request.Project))
        {
            throw Refusals.Argument("project", "1 to 64 letters, digits, dots and hyphens");
        }

        if (string.IsNullOrWhiteSpace(request.Purpose)
            || Encoding.UTF8.GetByteCount(request.Purpose) > BoxLimits.PurposeBytesMax)
        {
            throw Refusals.Argument("purpose", "1 to 1,024 bytes: a table is made for something");
        }

        bool isAlways = request is { FromDay: 0, UntilDay: 0 };
        if (!isAlways
            && (request.FromDay < 0
                || request.UntilDay > CohortLimits.DayMax
                || request.FromDay >= request.UntilDay))
        {
            throw Refusals.Argument("from_day", "whole days since 1970, the first before the end");
        }

        if (request.Verbs.Count > BoxLimits.VerbsMax || !request.Verbs.All(TextForm.IsVerb))
        {
            throw Refusals.Argument("verbs", "at most 16 exact IRIs");
        }
    }

    private CellJudgement Judge(ResearchCell cell, Dictionary<Address, CellCounts> learners)
    {
        if (learners.Count < learnersMin)
        {
            return CellJudgement.Small;
        }

        IReadOnlyDictionary<UInt128, CellCounts> counted = memory.ByDigest(learners);
        return memory.Told(cell).Any(known => Cohorts.CohortDifference.TellsOfFew(known, counted, learnersMin))
            ? CellJudgement.DiffersByFew
            : CellJudgement.Told;
    }

    private ResearchTable TableOf(
        LedgerHead head,
        ResearchRequest request,
        SortedDictionary<ResearchCell, Dictionary<Address, CellCounts>> cells,
        Dictionary<ResearchCell, CellJudgement> judged)
    {
        ProjectPseudonyms pseudonyms = new(memory.KeyOf(request.Project));
        ResearchTable table = new() { Height = head.Height, LearnersMin = (uint)learnersMin };
        ulong smallest = ulong.MaxValue;
        foreach ((ResearchCell cell, Dictionary<Address, CellCounts> learners) in cells)
        {
            switch (judged[cell])
            {
                case CellJudgement.Told:
                    table.Cells++;
                    smallest = Math.Min(smallest, (ulong)learners.Count);
                    table.Rows.AddRange(RowsOf(cell, learners, pseudonyms));
                    break;
                case CellJudgement.Small:
                    table.SuppressedSmall++;
                    break;
                case CellJudgement.DiffersByFew:
                    table.SuppressedDifference++;
                    break;
            }
        }

        table.K = table.Cells == 0 ? 0 : smallest;
        Invariant.That(table.Cells == 0 || table.K >= (ulong)learnersMin, "no cell of a few learners is told");
        return table;
    }

    // By pseudonym: the order of addresses would lead back to them, over all projects.
    private static IEnumerable<ResearchRow> RowsOf(
        ResearchCell cell, Dictionary<Address, CellCounts> learners, ProjectPseudonyms pseudonyms) => learners
            .Select(one => new ResearchRow
            {
                Pseudonym = pseudonyms.Of(one.Key),
                Verb = cell.Verb,
                Activity = cell.Activity,
                Week = cell.Week,
                Records = one.Value.Records,
                Succeeded = one.Value.Succeeded,
                Failed = one.Value.Failed,
            })
            .OrderBy(static row => row.Pseudonym, StringComparer.Ordinal);
}
