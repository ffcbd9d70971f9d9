using Ledger.Node.Box;
using Ledger.Primitives;

namespace Ledger.Fuzz;

/// <summary>Marks of a box that is never started again.</summary>
internal sealed class ForgetfulMarks : IRequestMarks
{
    public Dictionary<Address, long> Load(long fromUnixMs) => [];

    public void Set(Address reader, long untilUnixMs)
    {
    }
}
