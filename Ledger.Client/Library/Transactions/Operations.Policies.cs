using Ledger.Contracts.Protos;

namespace Ledger.Client.Transactions;

/// <summary>Operations about consent policies.</summary>
public static partial class Operations
{
    /// <summary>RLPC: a voting member proposes a policy, or with its number the next version of one.</summary>
    public static Operation PolicyAdopt(PolicyTemplate template, ulong policy) => new()
    {
        MeasurePropose = new MeasurePropose
        {
            Measure = new Measure { Adopt = new PolicyAdopt { Policy = policy, Template = template } },
        },
    };

    /// <summary>RLPC: a voting member proposes that a policy go out of force.</summary>
    public static Operation PolicyRetire(ulong policy) => new()
    {
        MeasurePropose = new MeasurePropose
        {
            Measure = new Measure { Retire = new PolicyRetire { Policy = policy } },
        },
    };
}
