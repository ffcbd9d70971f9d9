using Ledger.Node.Box;
using Ledger.Node.Tests.Records;
using Ledger.Primitives;

namespace Ledger.Node.Tests.Box;

public sealed class BoxRequestMemoryTests
{
    private static readonly Address Reader = new([.. Enumerable.Repeat((byte)1, Address.Size)]);
    private static readonly Address Other = new([.. Enumerable.Repeat((byte)2, Address.Size)]);

    private readonly ManualClock clock = new();

    private long Now => clock.Now.ToUnixTimeMilliseconds();

    [Test]
    public void A_request_is_taken_once()
    {
        BoxRequestMemory memory = new(clock);

        Assert.That(memory.TakeOnce(Reader, Random(1), Now), Is.True);
        Assert.That(memory.TakeOnce(Reader, Random(1), Now), Is.False);
        Assert.That(memory.TakeOnce(Reader, Random(2), Now), Is.True);
    }

    [TestCase(0, true)]
    [TestCase(BoxRequestMemory.WindowMs, true)]
    [TestCase(-BoxRequestMemory.WindowMs, true)]
    [TestCase(BoxRequestMemory.WindowMs + 1, false)]
    [TestCase(-BoxRequestMemory.WindowMs - 1, false)]
    [TestCase(long.MaxValue / 2, false)]
    public void A_request_is_taken_within_a_minute_of_the_boxs_clock(long off, bool taken) =>
        Assert.That(new BoxRequestMemory(clock).TakeOnce(Reader, Random(1), Now + off), Is.EqualTo(taken));

    [Test]
    public void A_request_dated_ahead_is_not_taken_again_while_its_date_is_still_good()
    {
        BoxRequestMemory memory = new(clock);
        long ahead = Now + BoxRequestMemory.WindowMs;
        memory.TakeOnce(Reader, Random(1), ahead);

        clock.Now += TimeSpan.FromMilliseconds(2 * BoxRequestMemory.WindowMs);

        Assert.That(memory.TakeOnce(Reader, Random(1), ahead), Is.False);
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(17)]
    public void A_random_of_another_length_is_no_request(int length) =>
        Assert.That(new BoxRequestMemory(clock).TakeOnce(Reader, new byte[length], Now), Is.False);

    [Test]
    public void A_reader_who_asks_too_much_closes_the_box_for_itself_alone()
    {
        BoxRequestMemory memory = new(clock);
        for (int request = 0; request < BoxRequestMemory.RememberedOfReaderMax; request++)
        {
            memory.TakeOnce(Reader, [.. BitConverter.GetBytes(request), .. new byte[12]], Now);
        }

        Assert.That(memory.TakeOnce(Reader, Random(1), Now), Is.False);
        Assert.That(memory.TakeOnce(Other, Random(1), Now), Is.True);
        clock.Now += TimeSpan.FromMilliseconds((2 * BoxRequestMemory.WindowMs) + 1);
        Assert.That(memory.TakeOnce(Reader, Random(1), Now), Is.True);
    }

    private static byte[] Random(byte fill) => [.. Enumerable.Repeat(fill, 16)];
}
