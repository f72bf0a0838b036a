//! placeholder while building
mod support;
#[test]
fn builds() {
    use support::capture::*;
    let mut c = Capture::new();
    let t = c.connect(([192, 0, 2, 1].into(), 1025), ([198, 51, 100, 1].into(), 1863));
    c.send(t, Side::Client, b"VER 1 MSNP9 CVR0\r\n");
    assert!(c.to_pcap().len() > 100);
}
