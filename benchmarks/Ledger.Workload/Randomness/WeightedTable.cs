namespace Ledger.Workload;

/// <summary>Draws an index with a probability in proportion to its weight. Immutable.</summary>
internal sealed class WeightedTable
{
    private readonly int[] upTo;

    /// <summary>Weights are whole numbers of at least 0, with a sum above 0 and within an int.</summary>
    internal WeightedTable(IReadOnlyList<int> weights)
    {
        upTo = new int[weights.Count];
        int sum = 0;
        for (int i = 0; i < weights.Count; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[i], nameof(weights));
            sum += weights[i];
            upTo[i] = sum;
        }

        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(weights));
    }

    /// <summary>The drawn index; an index of weight 0 is never drawn.</summary>
    internal int Draw(Xoshiro256 random)
    {
        int point = random.Below(upTo[^1]);
        int low = 0;
        int high = upTo.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (point < upTo[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
