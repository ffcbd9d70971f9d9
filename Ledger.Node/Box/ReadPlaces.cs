using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// How many reads a box runs at a time. Each reader has a share, so that nobody keeps a box busy for others; all
/// together never fill the queue of the trail, which takes an entry for each verb of a read.
/// </summary>
public sealed class ReadPlaces
{
    /// <summary>Reads of one reader: an institution's node asks for 256 verbs of a learner in as many.</summary>
    public const int OfReaderMax = 16;

    /// <summary>Reads of all: with 16 verbs each they are half of the trail's queue.</summary>
    public const int Max = 128;

    private readonly Lock gate = new();
    private readonly Dictionary<Address, int> taken = [];
    private int all;

    /// <summary>A place until it is disposed of; null where the reader, or all together, have no more.</summary>
    public IDisposable? TryEnter(Address reader)
    {
        lock (gate)
        {
            int own = taken.GetValueOrDefault(reader);
            if (all >= Max || own >= OfReaderMax)
            {
                return null;
            }

            all++;
            taken[reader] = own + 1;
            return new Place(this, reader);
        }
    }

    private void Leave(Address reader)
    {
        lock (gate)
        {
            all--;
            int left = taken[reader] - 1;
            if (left == 0)
            {
                taken.Remove(reader);
            }
            else
            {
                taken[reader] = left;
            }
        }
    }

    private sealed class Place(ReadPlaces places, Address reader) : IDisposable
    {
        private bool isLeft;

        public void Dispose()
        {
            if (!isLeft)
            {
                isLeft = true;
                places.Leave(reader);
            }
        }
    }
}
