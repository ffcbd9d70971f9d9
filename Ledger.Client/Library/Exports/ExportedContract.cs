using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>A learner's contract as the state tells of it, and how much of what it counts is in the file.</summary>
internal sealed class ExportedContract(Address learner, Llpc llpc)
{
    public Address Learner { get; } = learner;

    public string Verb { get; } = llpc.Verb;

    public IReadOnlyList<Address> Holders { get; } = [.. llpc.Holders.Select(static holder => holder.ToAddress())];

    public ulong Grants { get; } = llpc.Grants;

    public ulong Requests { get; } = llpc.Requests;

    public ulong GrantsSeen { get; set; }

    public ulong RequestsSeen { get; set; }
}
