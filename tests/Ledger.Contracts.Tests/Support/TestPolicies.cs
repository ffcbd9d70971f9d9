using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Policies, and calls that name them.</summary>
public static class TestPolicies
{
    public static PolicyTemplate Template() => new()
    {
        Texts =
        {
            new PolicyText { Language = "en", Title = "Advice", Text = "Teachers read what you completed." },
            new PolicyText { Language = "ja", Title = "助言", Text = "先生が完了した記録を読みます。" },
        },
        Rights = AccessBits.All.ToMessage(),
        Signatories = PolicySignatories.Either,
        OnwardSteps = 2,
        Purposes = { "advice" },
    };

    public static Operation Adopt(PolicyTemplate template, ulong policy = 0) => Calls.Propose(new Measure
    {
        Adopt = new PolicyAdopt { Policy = policy, Template = template },
    });

    public static Operation Retire(ulong policy) =>
        Calls.Propose(new Measure { Retire = new PolicyRetire { Policy = policy } });

    public static PolicyName Name(ulong number, ulong version = 1) => new() { Number = number, Version = version };

    public static Operation Under(this Operation operation, PolicyName name)
    {
        if (operation.LlpcGrant is { } grant)
        {
            grant.Policy = name;
        }
        else
        {
            operation.LlpcRequest.Policy = name;
        }

        return operation;
    }
}
