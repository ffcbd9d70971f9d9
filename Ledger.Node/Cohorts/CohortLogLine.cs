using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Cohorts;

/// <summary>A question about a cohort that was asked of this box.</summary>
/// <param name="AskedUnixMs">When, by the box's clock.</param>
/// <param name="Asker">By whom.</param>
/// <param name="Purpose">What for, in the asker's words.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Outcome">ANSWERED, or the code of the refusal.</param>
public sealed record CohortLogLine(
    long AskedUnixMs, Address Asker, string Purpose, CohortQuestion Question, string Outcome);
