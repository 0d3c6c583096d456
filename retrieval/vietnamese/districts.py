"""Which districts, towns and cities did Vietnam's provinces have until 2025? People still ask by these names.

Official names without "huyện", "quận", "thị xã", "thành phố"; numbered districts left out.
"""

DISTRICTS = """
    A Lưới; An Biên; An Dương; An Khê; An Lão; An Minh; An Nhơn; An Phú; Anh Sơn; Ayun Pa; Ba Bể; Ba Chẽ; Ba
    Tri; Ba Tơ; Ba Vì; Ba Đình; Ba Đồn; Biên Hòa; Buôn Ma Thuột; Buôn Đôn; Bà Rịa; Bàu Bàng; Bá Thước; Bác
    Ái; Bát Xát; Bình Chánh; Bình Gia; Bình Giang; Bình Liêu; Bình Long; Bình Lục; Bình Minh; Bình Sơn; Bình
    Thạnh; Bình Thủy; Bình Tân; Bình Xuyên; Bình Đại; Bù Gia Mập; Bù Đăng; Bù Đốp; Bạc Liêu; Bạch Long Vĩ;
    Bạch Thông; Bảo Lâm; Bảo Lạc; Bảo Lộc; Bảo Thắng; Bảo Yên; Bắc Bình; Bắc Giang; Bắc Hà; Bắc Mê; Bắc
    Ninh; Bắc Quang; Bắc Sơn; Bắc Trà My; Bắc Tân Uyên; Bắc Từ Liêm; Bắc Yên; Bến Cát; Bến Cầu; Bến Lức; Bến
    Tre; Bỉm Sơn; Bố Trạch; Cai Lậy; Cam Lâm; Cam Lộ; Cam Ranh; Can Lộc; Cao Bằng; Cao Lãnh; Cao Lộc; Cao
    Phong; Chi Lăng; Chiêm Hóa; Châu Phú; Châu Thành; Châu Thành A; Châu Đốc; Châu Đức; Chí Linh; Chũ; Chơn
    Thành; Chư Prông; Chư Păh; Chư Pưh; Chư Sê; Chương Mỹ; Chợ Gạo; Chợ Lách; Chợ Mới; Chợ Đồn; Con Cuông;
    Cà Mau; Càng Long; Cái Bè; Cái Nước; Cái Răng; Cát Hải; Cô Tô; Côn Đảo; Cù Lao Dung; Cư Jút; Cư Kuin; Cư
    M'gar; Cần Giuộc; Cần Giờ; Cần Đước; Cầu Giấy; Cầu Kè; Cầu Ngang; Cẩm Giàng; Cẩm Khê; Cẩm Lệ; Cẩm Mỹ;
    Cẩm Phả; Cẩm Thủy; Cẩm Xuyên; Cồn Cỏ; Cờ Đỏ; Củ Chi; Di Linh; Diên Khánh; Diễn Châu; Duy Tiên; Duy
    Xuyên; Duyên Hải; Dĩ An; Dương Kinh; Dương Minh Châu; Dầu Tiếng; Ea H'leo; Ea Kar; Ea Súp; Gia Bình; Gia
    Lâm; Gia Lộc; Gia Nghĩa; Gia Viễn; Giang Thành; Giao Thủy; Gio Linh; Giá Rai; Giồng Riềng; Giồng Trôm;
    Gò Công; Gò Công Tây; Gò Công Đông; Gò Dầu; Gò Quao; Gò Vấp; Hai Bà Trưng; Hiệp Hòa; Hiệp Đức; Hoa Lư;
    Hoài Nhơn; Hoài Ân; Hoài Đức; Hoàn Kiếm; Hoàng Mai; Hoàng Sa; Hoàng Su Phì; Hoằng Hóa; Hà Giang; Hà
    Quảng; Hà Tiên; Hà Trung; Hà Tĩnh; Hà Đông; Hàm Thuận Bắc; Hàm Thuận Nam; Hàm Tân; Hàm Yên; Hòa An; Hòa
    Bình; Hòa Thành; Hòa Vang; Hòn Đất; Hóc Môn; Hưng Hà; Hưng Nguyên; Hưng Yên; Hương Khê; Hương Sơn; Hương
    Thủy; Hương Trà; Hướng Hóa; Hạ Hòa; Hạ Lang; Hạ Long; Hải An; Hải Châu; Hải Dương; Hải Hà; Hải Hậu; Hải
    Lăng; Hậu Lộc; Hồng Bàng; Hồng Dân; Hồng Lĩnh; Hồng Ngự; Hội An; Hớn Quản; Hữu Lũng; Ia Grai; Ia H'Drai;
    Ia Pa; KBang; Khoái Châu; Khánh Sơn; Khánh Vĩnh; Kim Bôi; Kim Bảng; Kim Sơn; Kim Thành; Kim Động; Kinh
    Môn; Kiên Hải; Kiên Lương; Kiến An; Kiến Thụy; Kiến Tường; Kiến Xương; Kon Plông; Kon Rẫy; Kon Tum;
    Krông A Na; Krông Bông; Krông Búk; Krông Nô; Krông Năng; Krông Pa; Krông Pắc; Kông Chro; Kế Sách; Kỳ
    Anh; Kỳ Sơn; La Gi; Lai Châu; Lai Vung; Lang Chánh; Liên Chiểu; Long Biên; Long Hồ; Long Khánh; Long Mỹ;
    Long Phú; Long Thành; Long Xuyên; Long Đất; Lào Cai; Lâm Bình; Lâm Hà; Lâm Thao; Lê Chân; Lý Nhân; Lý
    Sơn; Lương Sơn; Lương Tài; Lạc Dương; Lạc Sơn; Lạc Thủy; Lạng Giang; Lạng Sơn; Lấp Vò; Lập Thạch; Lắk;
    Lệ Thủy; Lộc Bình; Lộc Ninh; Lục Nam; Lục Ngạn; Lục Yên; M'Đrắk; Mai Châu; Mai Sơn; Mang Thít; Mang
    Yang; Minh Hóa; Minh Long; Mèo Vạc; Mê Linh; Móng Cái; Mù Căng Chải; Mường Chà; Mường Khương; Mường La;
    Mường Lát; Mường Nhé; Mường Tè; Mường Ảng; Mỏ Cày Bắc; Mỏ Cày Nam; Mộ Đức; Mộc Châu; Mộc Hóa; Mỹ Hào; Mỹ
    Tho; Mỹ Tú; Mỹ Xuyên; Mỹ Đức; Na Hang; Na Rì; Nam Giang; Nam Sách; Nam Trà My; Nam Trực; Nam Từ Liêm;
    Nam Đàn; Nam Định; Nga Sơn; Nghi Lộc; Nghi Sơn; Nghi Xuân; Nghĩa Hành; Nghĩa Hưng; Nghĩa Lộ; Nghĩa Đàn;
    Nguyên Bình; Ngân Sơn; Ngã Bảy; Ngã Năm; Ngô Quyền; Ngũ Hành Sơn; Ngọc Hiển; Ngọc Hồi; Ngọc Lặc; Nha
    Trang; Nho Quan; Nhà Bè; Nhơn Trạch; Như Thanh; Như Xuân; Ninh Giang; Ninh Hòa; Ninh Hải; Ninh Kiều;
    Ninh Phước; Ninh Sơn; Nông Cống; Núi Thành; Năm Căn; Nậm Nhùn; Nậm Pồ; Phan Rang - Tháp Chàm; Phan
    Thiết; Phong Thổ; Phong Điền; Phù Cát; Phù Cừ; Phù Mỹ; Phù Ninh; Phù Yên; Phú Bình; Phú Giáo; Phú Hòa;
    Phú Lương; Phú Lộc; Phú Mỹ; Phú Nhuận; Phú Ninh; Phú Quí; Phú Quốc; Phú Riềng; Phú Thiện; Phú Thọ; Phú
    Tân; Phú Vang; Phú Xuyên; Phú Xuân; Phúc Thọ; Phúc Yên; Phước Long; Phước Sơn; Phổ Yên; Phụng Hiệp; Phủ
    Lý; Pleiku; Pác Nặm; Quan Hóa; Quan Sơn; Quang Bình; Quy Nhơn; Quản Bạ; Quảng Hòa; Quảng Ngãi; Quảng
    Ninh; Quảng Trạch; Quảng Trị; Quảng Xương; Quảng Yên; Quảng Điền; Quế Phong; Quế Sơn; Quế Võ; Quốc Oai;
    Quỳ Châu; Quỳ Hợp; Quỳnh Lưu; Quỳnh Nhai; Quỳnh Phụ; Rạch Giá; Sa Pa; Sa Thầy; Sa Đéc; Si Ma Cai; Sìn
    Hồ; Sóc Sơn; Sóc Trăng; Sông Công; Sông Cầu; Sông Hinh; Sông Lô; Sông Mã; Sơn Dương; Sơn Hà; Sơn Hòa;
    Sơn La; Sơn Trà; Sơn Tây; Sơn Tịnh; Sơn Động; Sầm Sơn; Sốp Cộp; Tam Bình; Tam Dương; Tam Kỳ; Tam Nông;
    Tam Điệp; Tam Đường; Tam Đảo; Than Uyên; Thanh Ba; Thanh Bình; Thanh Chương; Thanh Hà; Thanh Hóa; Thanh
    Khê; Thanh Liêm; Thanh Miện; Thanh Oai; Thanh Sơn; Thanh Thủy; Thanh Trì; Thanh Xuân; Thiệu Hóa; Thoại
    Sơn; Thuận An; Thuận Bắc; Thuận Châu; Thuận Hóa; Thuận Nam; Thuận Thành; Thành Phố Bắc Kạn; Thành Phố
    Đồng Hới; Thái Bình; Thái Hòa; Thái Nguyên; Thái Thụy; Tháp Mười; Thăng Bình; Thường Tín; Thường Xuân;
    Thạch An; Thạch Hà; Thạch Thành; Thạch Thất; Thạnh Hóa; Thạnh Phú; Thạnh Trị; Thị Xã Buôn Hồ; Thị Xã
    Mường Lay; Thị Xã Việt Yên; Thọ Xuân; Thống Nhất; Thốt Nốt; Thới Bình; Thới Lai; Thủ Dầu Một; Thủ Thừa;
    Thủ Đức; Thủy Nguyên; Tiên Du; Tiên Lãng; Tiên Lữ; Tiên Phước; Tiên Yên; Tiền Hải; Tiểu Cần; Tri Tôn;
    Triệu Phong; Triệu Sơn; Trà Bồng; Trà Cú; Trà Vinh; Trà Ôn; Tràng Định; Trùng Khánh; Trường Sa; Trạm
    Tấu; Trảng Bom; Trảng Bàng; Trấn Yên; Trần Văn Thời; Trần Đề; Trực Ninh; Tu Mơ Rông; Tuy An; Tuy Hòa;
    Tuy Phong; Tuy Phước; Tuy Đức; Tuyên Hóa; Tuyên Quang; Tuần Giáo; Tánh Linh; Tân An; Tân Biên; Tân Bình;
    Tân Châu; Tân Hiệp; Tân Hưng; Tân Hồng; Tân Kỳ; Tân Lạc; Tân Phú; Tân Phú Đông; Tân Phước; Tân Sơn; Tân
    Thạnh; Tân Trụ; Tân Uyên; Tân Yên; Tây Giang; Tây Hòa; Tây Hồ; Tây Ninh; Tây Sơn; Tư Nghĩa; Tương Dương;
    Tịnh Biên; Tủa Chùa; Tứ Kỳ; Từ Sơn; U Minh; U Minh Thượng; Uông Bí; Vinh; Việt Trì; Vân Canh; Vân Hồ;
    Vân Đồn; Võ Nhai; Văn Bàn; Văn Chấn; Văn Giang; Văn Lâm; Văn Lãng; Văn Quan; Văn Yên; Vĩnh Bảo; Vĩnh
    Châu; Vĩnh Cửu; Vĩnh Hưng; Vĩnh Linh; Vĩnh Long; Vĩnh Lộc; Vĩnh Lợi; Vĩnh Thuận; Vĩnh Thạnh; Vĩnh Tường;
    Vĩnh Yên; Vũ Quang; Vũ Thư; Vũng Liêm; Vũng Tàu; Vạn Ninh; Vị Thanh; Vị Thủy; Vị Xuyên; Vụ Bản; Xuyên
    Mộc; Xuân Lộc; Xuân Trường; Xín Mần; Yên Bái; Yên Bình; Yên Châu; Yên Khánh; Yên Lạc; Yên Lập; Yên Minh;
    Yên Mô; Yên Mỹ; Yên Phong; Yên Sơn; Yên Thành; Yên Thế; Yên Thủy; Yên Định; Ân Thi; Ô Môn; Ý Yên; Đa
    Krông; Đak Đoa; Đam Rông; Đan Phượng; Điện Biên; Điện Biên Phủ; Điện Biên Đông; Điện Bàn; Đoan Hùng; Đà
    Bắc; Đà Lạt; Đình Lập; Đô Lương; Đông Anh; Đông Giang; Đông Hà; Đông Hòa; Đông Hưng; Đông Hải; Đông
    Triều; Đăk Glong; Đăk Hà; Đăk Pơ; Đơn Dương; Đạ Huoai; Đại Lộc; Đại Từ; Đầm Dơi; Đầm Hà; Đắk Glei; Đắk
    Mil; Đắk R'Lấp; Đắk Song; Đắk Tô; Định Hóa; Định Quán; Đống Đa; Đồ Sơn; Đồng Hỷ; Đồng Phú; Đồng Văn;
    Đồng Xoài; Đồng Xuân; Đức Cơ; Đức Huệ; Đức Hòa; Đức Linh; Đức Phổ; Đức Thọ; Đức Trọng; Ứng Hòa
"""
"""Separated by semicolons."""
