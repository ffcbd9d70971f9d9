namespace Ledger.Contracts.State;

/// <summary>Orders changes by key hash.</summary>
internal sealed class StateChangeOrder : IComparer<StateChange>
{
    private StateChangeOrder()
    {
    }

    public static StateChangeOrder Instance { get; } = new();

    public int Compare(StateChange x, StateChange y) => x.Key.Hash.CompareTo(y.Key.Hash);
}
