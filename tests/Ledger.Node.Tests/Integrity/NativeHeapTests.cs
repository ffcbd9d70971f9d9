using System.Runtime.InteropServices;
using Ledger.Node.Storage;

namespace Ledger.Node.Tests.Integrity;

public sealed class NativeHeapTests
{
    private const int Blocks = 200_000;
    private const int BlockBytes = 1000;

    /// <summary>One of so many is kept, so that nothing can be given back from the heap's end.</summary>
    private const int KeptEach = 100;

    [Test]
    public void Pages_between_what_is_still_used_are_given_back()
    {
        Assume.That(NativeLibrary.TryLoad("libc.so.6", out _), "a system with GNU's C library");
        nint[] blocks = new nint[Blocks];
        for (int block = 0; block < Blocks; block++)
        {
            blocks[block] = Marshal.AllocHGlobal(BlockBytes);
            Marshal.WriteByte(blocks[block], 1);
        }

        for (int block = 0; block < Blocks; block++)
        {
            if (block % KeptEach != 0)
            {
                Marshal.FreeHGlobal(blocks[block]);
            }
        }

        long before = Environment.WorkingSet;
        NativeHeap.GiveBack();
        long after = Environment.WorkingSet;
        for (int block = 0; block < Blocks; block += KeptEach)
        {
            Marshal.FreeHGlobal(blocks[block]);
        }

        Assert.That(before - after, Is.GreaterThan(Blocks * BlockBytes / 2));
    }
}
