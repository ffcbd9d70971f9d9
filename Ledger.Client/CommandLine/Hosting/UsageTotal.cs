using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>What an institution, or all learners together, have asked of the ledger.</summary>
/// <param name="Name">The institution's name, or that it is the learners.</param>
/// <param name="Address">The institution; null for the learners.</param>
/// <param name="Usage">The totals.</param>
internal sealed record UsageTotal(string Name, Address? Address, Usage Usage)
{
    /// <summary>Whether it is an institution.</summary>
    public bool IsInstitution => Address is not null;
}
