use super::*;

const END: Endpoint = (Address::V4([192, 0, 2, 1]), 1100);
const IPV6: Endpoint = (Address::V6([0xfd; 16]), 1100);

fn packet(frame: u32, to: Endpoint) -> Packet<'static> {
    Packet {
        frame,
        destination: to.0,
        destination_port: to.1,
        first_pass: true,
        ..Packet::default()
    }
}

#[test]
fn announcement_and_connection_are_linked() {
    let mut endpoints = AnnouncedEndpoints::default();
    for (key, end) in [(1, END), (1, IPV6), (2, END)] {
        endpoints.announce(&packet(key, END), key, Some(end), "a call");
    }
    let id = endpoints.for_packet(&packet(5, IPV6)).unwrap();
    endpoints.begin_connection(&packet(5, IPV6), id);
    assert_eq!(endpoints.get(id).unwrap().announced_by(), [1]);
    assert_eq!(endpoints.connection_of(1), Some(5));
    assert_eq!(endpoints.connection_of(2), None);
    let id = endpoints.for_packet(&packet(6, END)).unwrap();
    endpoints.begin_connection(&packet(6, END), id);
    assert_eq!(endpoints.get(id).unwrap().announced_by(), [1, 2]);
    assert_eq!(
        (endpoints.connection_of(1), endpoints.connection_of(2)),
        (Some(5), Some(6))
    );
    assert!(endpoints.for_packet(&packet(7, (END.0, 9))).is_none());
}

#[test]
fn one_direction_leads_to_an_announced_endpoint() {
    let mut endpoints = AnnouncedEndpoints::default();
    endpoints.announce(&packet(1, END), 1, Some(END), "a call");
    for from_lower in [false, true] {
        let to = Packet {
            from_lower,
            ..packet(2, END)
        };
        let from = Packet {
            source: END.0,
            source_port: END.1,
            from_lower: !from_lower,
            ..packet(3, IPV6)
        };
        let side = Some(usize::from(from_lower));
        assert_eq!([&to, &from].map(|it| endpoints.side_to(it)), [side; 2]);
    }
    assert_eq!(endpoints.side_to(&packet(4, IPV6)), None);
}

#[test]
fn repetitions_are_merged_and_other_data_is_another_announcement() {
    let mut endpoints = AnnouncedEndpoints::default();
    for key in 1..100 {
        endpoints.announce(&packet(key, END), key, Some(END), "a call");
    }
    endpoints.announce(&packet(100, END), 100, Some(END), "another");
    assert_eq!(endpoints.new_by(1).count(), 1);
    assert_eq!(
        (2..=100)
            .map(|key| endpoints.new_by(key).count())
            .sum::<usize>(),
        0
    );
    let last_by = |key| endpoints.get(endpoints.last_id_by(key).unwrap()).unwrap();
    assert_eq!(endpoints.last_id_by(99), endpoints.last_id_by(1));
    assert_eq!(last_by(1).announced_by().len(), MAX_LEGS);
    assert_eq!(last_by(100).data, "another");
    let later = Packet::default();
    assert_eq!(endpoints.announce(&later, 7, Some(IPV6), "a call"), None);
}
